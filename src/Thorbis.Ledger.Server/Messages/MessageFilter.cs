using System.ComponentModel;
using NodaTime;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Server.Customers;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Messages;

/// <summary>Which messages a list or an export is asked for.</summary>
public sealed record MessageFilter
{
    [Description("First usage instant, inclusive: a time with offset, or a date.")]
    public string? From { get; init; }

    [Description("First usage instant that is out: a time with offset, or a date.")]
    public string? To { get; init; }

    [Description("The company's number, E.164.")]
    public string? Number { get; init; }

    [Description("The other side, or one of the recipients: E.164 or a short code.")]
    public string? Party { get; init; }

    [Description("incoming or outgoing.")]
    public string? Direction { get; init; }

    [Description("SMS, MMS, RCS …")]
    public string? Type { get; init; }

    [Description("received, queued, sent, delivered, partly, failed or unconfirmed.")]
    public string? Status { get; init; }

    [Description("With a party that was this customer's at the usage instant: the customer's id.")]
    public string? Customer { get; init; }

    [Description("Counted for this cost centre.")]
    public string? CostCentre { get; init; }

    /// <summary>The company's numbers of a row, as an array.</summary>
    public const string OwnNumbers = "string_to_array(numbers, ',')";

    public static readonly IList<string> Directions = Words.All<MessageDirection>();
    public static readonly IList<string> Statuses =
        ["received", "queued", "sent", "delivered", "partly", "failed", "unconfirmed"];

    /// <param name="zone">Where a bound that is a date has its midnight; UTC when left out.</param>
    public void Apply(Selection selection, DateTimeZone? zone = null)
    {
        selection.Between("usage_at", From, To, zone)
            .WhereWord("direction", "direction", Direction, Directions)
            .WhereWord("status", "status", Status, Statuses);
        if (!string.IsNullOrEmpty(Type))
        {
            selection.Where("type = ?", Type.ToUpperInvariant());
        }
        if (!string.IsNullOrEmpty(Number))
        {
            selection.Where($"? = any({OwnNumbers})", Selection.Address(Number));
        }
        if (CustomerConditions.OfMessages(selection, Customer) is { } theirs)
        {
            selection.Where(theirs);
        }
        if (!string.IsNullOrEmpty(CostCentre))
        {
            selection.Where("cost_centre = ?", CostCentre);
        }
        if (!string.IsNullOrEmpty(Party))
        {
            // The company's own numbers are among the recipients of what comes in, and no party.
            var party = Selection.Address(Party);
            selection.Where(
                $"(party = ? or ? = any(string_to_array(recipients, ',')) and not ? = any({OwnNumbers}))",
                party, party, party);
        }
    }
}
