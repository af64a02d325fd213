using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Messages;

namespace Thorbis.Ledger.Server.Customers;

/// <summary>
/// A customer's calls and messages, as conditions on their rows: those with a party that was the customer's at their
/// usage instant, by what is known of it now.
/// </summary>
internal static class CustomerConditions
{
    /// <returns>Null where nothing is asked, or the selection has refused it.</returns>
    public static string? OfCalls(Selection selection, string? customer)
    {
        if (Asked(selection, customer) is not var (parties, id))
        {
            return null;
        }
        return $"party = any({parties}) and {Whose("call", "call.party")} = {id}";
    }

    /// <inheritdoc cref="OfCalls"/>
    public static string? OfMessages(Selection selection, string? customer)
    {
        if (Asked(selection, customer) is not var (parties, id))
        {
            return null;
        }
        // The company's own numbers are among the recipients of what comes in, and no party.
        return $"""
            (party = any({parties}) or string_to_array(recipients, ',') && {parties})
            and exists (
              select 1 from unnest(string_to_array(recipients, ',') || message.party) as side(party)
              where not side.party = any({MessageFilter.OwnNumbers})
                and {Whose("message", "side.party")} = {id})
            """;
    }

    // Every party the customer ever had, read once: so that the few rows with one of them are found by index.
    private static (string Parties, string Id)? Asked(Selection selection, string? customer)
    {
        if (string.IsNullOrEmpty(customer))
        {
            return null;
        }
        if (!CustomerDecider.IsId(customer))
        {
            selection.Refuse("customer", "Expected the id of a customer.");
            return null;
        }
        var id = selection.Parameter(customer);
        return (
            $"""
            array(select owned.party from platform.customer_party owned
                  where owned.tenant_id = {Selection.Company} and owned.customer_id = {id})
            """,
            id);
    }

    /// <summary>Whose a party was at a row's usage instant; null or empty for nobody's.</summary>
    private static string Whose(string row, string party) => $"""
        (select link.customer_id from platform.customer_party link
         where link.tenant_id = {row}.tenant_id and link.party = {party} and link.from_at <= {row}.usage_at
         order by link.from_at desc limit 1)
        """;
}
