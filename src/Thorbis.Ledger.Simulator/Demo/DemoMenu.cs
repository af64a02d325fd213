namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>What callers of the front desk hear while it is open.</summary>
internal static class DemoMenu
{
    public const string Id = "main";

    /// <param name="members">Ids by role.</param>
    /// <param name="hoursOnFour">Whether key 4 tells the hours.</param>
    public static object Terms(IReadOnlyDictionary<string, string> members, bool german, bool hoursOnFour)
    {
        object Say(string english, string other) => new
        {
            kind = "speech",
            text = german ? other : english,
            language = german ? "de-DE" : "en-US",
            voice = "female",
        };
        object leave = new { kind = "voicemail", mailbox = DemoRules.FrontDeskBox };
        List<object> choices =
        [
            Choice("1", Transfer(members["manager"])), Choice("2", Transfer(members["member"])),
            Choice("3", Transfer(members["admin"])), Choice("5", new { kind = "queue", queue = DemoRules.Support }),
            Choice("6", new { kind = "submenu", node = "more" }), Choice("0", new { kind = "operator" }),
        ];
        if (hoursOnFour)
        {
            var announcement = Say(
                "We are here on weekdays from nine to five.", "Wir sind werktags von neun bis siebzehn Uhr da.");
            choices.Add(Choice("4", new { kind = "transfer", to = new { kind = "announcement", announcement } }));
        }
        return new
        {
            id = Id,
            name = "Main",
            entry = "top",
            @operator = new { kind = "member", member = members["admin"] },
            nodes = (object[])
            [
                new
                {
                    id = "top",
                    greeting = Say(
                        "Sales 1, service 2, shop 3, support 5, orders 6.",
                        "Verkauf 1, Service 2, Laden 3, Hilfe 5, Bestellungen 6."),
                    choices,
                    timeoutSeconds = 5,
                    retries = 1,
                    otherwise = leave,
                },
                new
                {
                    id = "more",
                    greeting = Say("Orders 1.", "Bestellungen 1."),
                    choices = (object[])[Choice("1", new { kind = "queue", queue = DemoRules.Orders })],
                    timeoutSeconds = 5,
                    retries = 0,
                    otherwise = leave,
                },
            ],
        };
    }

    private static object Choice(string key, object then) => new { key, then };

    private static object Transfer(string member) => new { kind = "transfer", to = new { kind = "member", member } };
}
