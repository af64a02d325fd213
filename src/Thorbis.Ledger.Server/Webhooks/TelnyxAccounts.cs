using System.Text.RegularExpressions;
using NodaTime;
using Npgsql;
using Thorbis.Ledger.Server.Access;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Webhooks;

/// <param name="PublicKey">Base64 of 32 bytes.</param>
/// <param name="RetiredAt">From then on it accepts no webhook; it still checks old evidence.</param>
public sealed record TelnyxKeyView(Guid KeyId, string PublicKey, Instant AddedAt, Instant? RetiredAt);

public sealed record TelnyxConnectionView(string ConnectionId, string CompanyId);

/// <summary>A Telnyx account: the keys that sign its webhooks and the companies it serves.</summary>
public sealed record TelnyxAccountView(
    string AccountId, string Name, Instant AddedAt, IReadOnlyList<TelnyxKeyView> Keys, IReadOnlyList<string> Companies,
    IReadOnlyList<TelnyxConnectionView> Connections);

/// <summary>Operators register the Telnyx accounts whose webhooks come in.</summary>
public static partial class TelnyxAccounts
{
    /// <param name="AccountId">Ours to choose: up to 64 of letters, digits, point, hyphen and underscore.</param>
    public sealed record AddAccountRequest(string AccountId, string Name);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/operator/telnyx-accounts", GetAsync).AllowOperators()
            .WithName("GetTelnyxAccounts").WithSummary("All Telnyx accounts, their keys, companies and connections.")
            .Produces<Page<TelnyxAccountView>>();
        api.MapPost("/operator/telnyx-accounts", PostAsync).AllowOperators()
            .WithName("AddTelnyxAccount").WithSummary("Register a Telnyx account.")
            .Produces<TelnyxAccountView>(201).ProducesProblem(409).ProducesProblem(422);
    }

    private static async Task<IResult> PostAsync(
        AddAccountRequest request, LedgerDatabase database, IClock clock, CancellationToken stop)
    {
        if (!AccountId().IsMatch(request.AccountId))
        {
            return Problems.Invalid("accountId", "1 to 64 letters, digits, points, hyphens or underscores.");
        }
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
        {
            return Problems.Invalid("name", "An account needs a name of 1 to 200 characters.");
        }
        var account = new TelnyxAccountView(
            request.AccountId, request.Name.Trim(), clock.GetCurrentInstant(), [], [], []);
        await using var command = database.Owner.Command("""
            insert into platform.telnyx_account (account_id, name, added_at) values ($1, $2, $3)
            on conflict do nothing
            """, account.AccountId, account.Name, account.AddedAt);
        return await command.ExecuteNonQueryAsync(stop) == 0
            ? Problems.Of(409, "account-exists", "There is an account of this id already.")
            : Results.Created((string?)null, account);
    }

    private static async Task<IResult> GetAsync(LedgerDatabase database, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var keys = await KeysAsync(connection, stop);
        var connections = await ConnectionsAsync(connection, stop);
        await using var accounts = connection.Command("""
            select account_id, name, added_at,
              array(select c.company_id from platform.account_company c where c.account_id = a.account_id order by 1)
            from platform.telnyx_account a order by account_id
            """);
        var views = await accounts.ListAsync(row => new TelnyxAccountView(
            row.GetString(0), row.GetString(1), row.GetFieldValue<Instant>(2), [.. keys[row.GetString(0)]],
            row.GetFieldValue<string[]>(3), [.. connections[row.GetString(0)]]), stop);
        return Results.Ok(new Page<TelnyxAccountView>(views, null));
    }

    private static async Task<ILookup<string, TelnyxKeyView>> KeysAsync(
        NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select account_id, key_id, public_key, added_at, retired_at from platform.telnyx_key order by key_id");
        var rows = await command.ListAsync(row => (Account: row.GetString(0), Key: new TelnyxKeyView(
            row.GetGuid(1), Convert.ToBase64String((byte[])row[2]), row.GetFieldValue<Instant>(3),
            row.Value<Instant>(4))), stop);
        return rows.ToLookup(pair => pair.Account, pair => pair.Key);
    }

    private static async Task<ILookup<string, TelnyxConnectionView>> ConnectionsAsync(
        NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Command(
            "select account_id, connection_id, tenant_id from platform.connection_owner order by connection_id");
        var rows = await command.ListAsync(row => (
            Account: row.GetString(0), Owned: new TelnyxConnectionView(row.GetString(1), row.GetString(2))), stop);
        return rows.ToLookup(pair => pair.Account, pair => pair.Owned);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}\\z")]
    private static partial Regex AccountId();
}
