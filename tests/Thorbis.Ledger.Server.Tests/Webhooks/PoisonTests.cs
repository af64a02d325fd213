using System.Text;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>A webhook whose interpretation throws: the others go on, and it can be had read again.</summary>
[Collection<LedgerTests>]
public sealed class PoisonTests(LedgerHost ledger)
{
    private const string Poison = """
        create function intake.poison() returns trigger language plpgsql as $$
        begin
          raise exception 'poisoned';
        end $$;
        create trigger poison before insert on intake.journal_company for each row
          when (new.event_type = 'test.poison') execute function intake.poison();
        """;

    private const string Antidote = "drop trigger poison on intake.journal_company; drop function intake.poison()";

    [Fact]
    public async Task A_webhook_that_fails_is_kept_with_its_error_and_does_not_hold_up_its_neighbours()
    {
        var telnyx = new Telnyx(ledger);
        var (_, number) = await ledger.CompanyWithNumberAsync();
        var bad = Telnyx.Event("test.poison", $$"""{"from":"{{number}}"}""");
        var good = Enumerable.Range(0, 20)
            .Select(_ => Telnyx.Event("test.harmless", $$"""{"from":"{{number}}"}""")).ToList();
        await ledger.RowsAsync(Poison);
        try
        {
            var answers = await Task.WhenAll(good.Append(bad).Select(body => telnyx.PostAsync(body)));
            Assert.All(answers, status => Assert.Equal(200, status));

            Assert.Equal("failed", (await telnyx.FateAsync(bad)).Text("state"));
            Assert.All(
                await Task.WhenAll(good.Select(telnyx.FateAsync)), fate => Assert.Equal("kept", fate.Text("state")));
            Assert.Equal(1, await ledger.ScalarAsync("""
                select count(*) from intake.backlog b join intake.body y using (journal_id)
                where y.body = $1 and b.error like '%poisoned%'
                """, Encoding.UTF8.GetBytes(bad)));
        }
        finally
        {
            await ledger.RowsAsync(Antidote);
        }

        var op = await ledger.OperatorAsync();
        (await op.PostAsync("operator/journal/reinterpret", new { state = "failed" })).Is(202);
        Assert.Equal("kept", (await telnyx.FateAsync(bad)).Text("state"));
    }
}
