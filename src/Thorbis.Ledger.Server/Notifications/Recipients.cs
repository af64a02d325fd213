using NodaTime;
using Npgsql;
using Thorbis.Ledger.Domain.Notifications;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Notifications;

/// <summary>A company's addresses for e-mail. Facts name them by id: an address must be erasable.</summary>
internal static class Recipients
{
    /// <summary>The first that is no address, or too many of them, as a problem; null when all can be taken.</summary>
    public static IResult? Refuse(IReadOnlyList<string> addresses, int most)
    {
        if (addresses.Count > most)
        {
            return Problems.Invalid("recipients", $"At most {most} addresses get the e-mail.");
        }
        for (var i = 0; i < addresses.Count; i++)
        {
            if (!EmailAddress.IsValid(addresses[i]))
            {
                return Problems.Invalid($"recipients[{i}]", "Expected one e-mail address, such as ap@example.com.");
            }
        }
        return null;
    }

    /// <summary>The ids of addresses, new ones where they are new; in the order of the addresses, each once.</summary>
    public static async Task<IReadOnlyList<Guid>> IdsAsync(
        FactTransaction change, string company, IReadOnlyList<string> addresses, Instant now, CancellationToken stop)
    {
        var distinct = addresses.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        foreach (var address in distinct)
        {
            await change.ExecuteAsync("""
                insert into platform.recipient (recipient_id, tenant_id, address, added_at) values ($1, $2, $3, $4)
                on conflict (tenant_id, address) do nothing
                """, stop, Guid.CreateVersion7(), company, address.ToLowerInvariant(), now);
        }
        var known = await AddressesAsync(change.Connection, company, stop);
        var ids = known.ToDictionary(recipient => recipient.Value, recipient => recipient.Key);
        return [.. distinct.Select(address => ids[address.ToLowerInvariant()])];
    }

    /// <summary>Every address that is not erased, by its id.</summary>
    public static async Task<Dictionary<Guid, string>> AddressesAsync(
        NpgsqlConnection connection, string company, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select recipient_id, address from platform.recipient where tenant_id = $1", company);
        var rows = await command.ListAsync(row => (Id: row.GetGuid(0), Address: row.GetString(1)), stop);
        return rows.ToDictionary(row => row.Id, row => row.Address);
    }
}
