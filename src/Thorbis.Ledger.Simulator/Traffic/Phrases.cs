namespace Thorbis.Ledger.Simulator.Traffic;

/// <summary>What people write and say; some of it awkward on purpose for CSV files and spreadsheets.</summary>
internal static class Phrases
{
    public static readonly string[] Written =
    [
        "Hi, is my order ready for pickup?",
        "Yes, see you at 3.",
        "Please call me back when you can, thanks!",
        "Your appointment is confirmed for Tuesday 9:30. Reply STOP to opt out.",
        "Running 10 minutes late, sorry",
        "=SUM(A1:A9) is what the sheet said, is that right?",
        "He said \"tomorrow\", I said: today; then we agreed on \"maybe\".",
        "Address:\n12 Harbor Street\nBack door, please",
        "-20% on all filters this week only",
        "@front desk: gate code changed",
        "Can you send the invoice for last month again?",
        "Danke, bis später",
    ];

    /// <summary>Beyond GSM-7: these go as UCS-2.</summary>
    public static readonly string[] Unicode =
    [
        "On my way 🚚 about 15 min",
        "Thanks 🙏🏽 that fixed it ✅",
        "Größe „M“ bitte – Straße wie immer",
        "写真を送ります 📷",
    ];

    public static readonly string[] Spoken =
    [
        "Hi, this is about the delivery on Friday, please call me back.",
        "Hello, I would like to move my appointment to next week.",
        "Good morning, thank you for calling, how can I help you?",
        "Just calling to say the part fits, no need to call back.",
    ];
}
