using System.Text;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Mailboxes;
using Thorbis.Ledger.Server.Tests.Schedules;
using Xunit;
using static Thorbis.Ledger.Server.Tests.Mailboxes.MailboxPlans;

namespace Thorbis.Ledger.Server.Tests.Mailboxes;

[Collection<LedgerTests>]
public sealed class MailboxPinTests(LedgerHost ledger)
{
    /// <summary>So that no id or time has it by chance.</summary>
    private const string Pin = "8305174926";

    private const string Hashes = "select pin_hash from platform.mailbox_pin where tenant_id = $1";

    [Fact]
    public async Task A_PIN_is_set_changed_and_cleared_and_views_say_only_that_there_is_one()
    {
        var (company, manager) = await ledger.FrontDeskAsync();

        var set = (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
        var first = Assert.Single(await ledger.RowsAsync(Hashes, company));
        Assert.True((await manager.GetAsync(Front)).Is(200).Body.GetProperty("pinSet").GetBoolean());
        (await manager.SetPinAsync(Front, 2, "2580")).Is(200);
        var second = Assert.Single(await ledger.RowsAsync(Hashes, company));
        (await manager.ChangeAsync(HttpMethod.Delete, Front + "/pin", "\"3\"")).Is(204);

        Assert.Equal(2, set.Body.GetProperty("version").GetInt32());
        Assert.NotEqual(first, second);
        Assert.Empty(await ledger.RowsAsync(Hashes, company));
        Assert.False((await manager.GetAsync(Front)).Is(200).Body.GetProperty("pinSet").GetBoolean());
        Assert.Equal(
            ["mailbox_defined", "mailbox_pin_set", "mailbox_pin_set", "mailbox_pin_cleared"],
            await ledger.BoxFactsAsync(company, "front"));
    }

    [Fact]
    public async Task The_same_PIN_again_records_nothing_and_keeps_its_hash()
    {
        var (company, manager) = await ledger.FrontDeskAsync();
        (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
        var hash = await ledger.RowsAsync(Hashes, company);

        (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
        (await manager.SetPinAsync(Front, 2, Pin)).Is(200);
        (await manager.SetPinAsync(Front, 1, "2580")).IsProblem(409, "stale-edit");

        Assert.Equal(["mailbox_defined", "mailbox_pin_set"], await ledger.BoxFactsAsync(company, "front"));
        Assert.Equal(hash, await ledger.RowsAsync(Hashes, company));
    }

    /// <summary>Looks through every row of every table, and through every answer.</summary>
    [Fact]
    public async Task A_PIN_is_nowhere_but_in_the_request()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        List<Answer> answers =
        [
            await manager.SetPinAsync(Front, 1, Pin), await manager.SetPinAsync(Front, 1, Pin + "0"),
            await manager.SetPinAsync(Front, 1, Pin + "x"), await manager.SetPinAsync(Front, 9, Pin[1..]),
            await manager.SetPinAsync(Front, 2, long.Parse(Pin)), await manager.SetPinAsync(Front, 2, new { Pin }),
            await manager.ChangeAsync(HttpMethod.Put, Front + "/pin", "\"2\"", new StringContent(
                $$"""{"pin":"{{Pin}}",""", Encoding.UTF8, "application/json")),
            await manager.GetAsync(Front), await manager.GetAsync("mailboxes"),
            await manager.GetAsync($"{Front}/versions"), await manager.GetAsync($"{Front}/versions/2"),
        ];

        Assert.Equal([200, 422, 422, 409, 400, 400, 400, 200, 200, 200, 200], answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.DoesNotContain(Pin[1..], answer.Content, StringComparison.Ordinal));
        foreach (var table in await ledger.RowsAsync("""
            select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """))
        {
            Assert.True(
                await ledger.ScalarAsync($"select count(*) from {table} t where t::text like $1", $"%{Pin[1..]}%") == 0,
                table);
        }
        Assert.DoesNotContain(Pin, $"{new SetMailboxPin.PinRequest(Pin)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("258")]
    [InlineData("25801470369")]
    [InlineData("1234")]
    [InlineData("4321")]
    [InlineData("5555")]
    [InlineData("25a0")]
    public async Task A_PIN_that_is_no_use_is_refused_by_its_field(string pin)
    {
        var (company, manager) = await ledger.FrontDeskAsync();

        var refused = (await manager.SetPinAsync(Front, 1, pin)).IsProblem(422, "invalid");

        Assert.Equal("pin", Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(["mailbox_defined"], await ledger.BoxFactsAsync(company, "front"));
    }

    [Fact]
    public async Task A_retired_box_gets_no_PIN_keeps_the_one_it_had_and_can_lose_it()
    {
        var (company, manager) = await ledger.FrontDeskAsync();
        (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
        (await manager.RetireAsync(Front, 2)).Is(204);

        (await manager.SetPinAsync(Front, 3, "2580")).IsProblem(409, "mailbox-retired");
        Assert.Single(await ledger.RowsAsync(Hashes, company));
        (await manager.ChangeAsync(HttpMethod.Delete, Front + "/pin", "\"3\"")).Is(204);

        Assert.Empty(await ledger.RowsAsync(Hashes, company));
    }

    [Fact]
    public async Task The_PIN_of_one_company_is_not_that_of_the_same_box_of_another()
    {
        var (_, manager) = await ledger.FrontDeskAsync();
        var (other, stranger) = await ledger.FrontDeskAsync();

        (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
        (await stranger.SetPinAsync(Front, 1, Pin)).Is(200);
        (await stranger.ChangeAsync(HttpMethod.Delete, Front + "/pin", "\"2\"")).Is(204);

        Assert.Empty(await ledger.RowsAsync(Hashes, other));
        Assert.True((await manager.GetAsync(Front)).Is(200).Body.GetProperty("pinSet").GetBoolean());
    }

    [Fact]
    public async Task A_program_may_set_a_PIN_as_its_role_may()
    {
        var (company, _) = await ledger.FrontDeskAsync();

        var (member, manager) = (
            await ledger.ProgramAsync(company, Role.Member), await ledger.ProgramAsync(company, Role.Manager));

        (await member.SetPinAsync(Front, 1, Pin)).IsProblem(403, "forbidden");
        (await manager.SetPinAsync(Front, 1, Pin)).Is(200);
    }
}
