using Thorbis.Ledger.Domain.Calls;
using Thorbis.Ledger.Domain.Messages;
using Thorbis.Ledger.Domain.Numbers;
using Thorbis.Ledger.Domain.Rating;

namespace Thorbis.Ledger.Domain.Billing;

/// <summary>A fact with its place in the ledger.</summary>
public sealed record Placed(long Sequence, Guid Id, Fact Fact);

/// <summary>One stream's account, taken on fact by fact; each change of its charges comes out as cost lines.</summary>
public sealed class CostFold(CostAccount? account)
{
    private IReadOnlyList<Charge>? charges;

    /// <summary>Null until a fact that bears on costs.</summary>
    public CostAccount? Account { get; private set; } = account;

    /// <summary>True for facts that costs are made of.</summary>
    public static bool Bills(object fact) =>
        fact is CallFact or MessageFact or NumberMonthStarted or CostCentreAssigned;

    /// <summary>The account with one more fact; unchanged by one that bears on no cost.</summary>
    public static CostAccount? Evolve(CostAccount? account, Placed told) => told.Fact switch
    {
        CallFact fact => CallAccount.Evolve((CallAccount?)account, fact, told.Id),
        MessageFact fact => MessageAccount.Evolve((MessageAccount?)account, fact, told.Id),
        NumberMonthStarted or CostCentreAssigned =>
            NumberAccount.Evolve((NumberAccount?)account, (NumberFact)told.Fact, told.Id, told.Sequence),
        _ => account,
    };

    /// <summary>What one more fact changes.</summary>
    public IReadOnlyList<CostLine> Take(Placed told, Tariff tariff)
    {
        if (Account is CallAccount call && told.Fact is CallFact fact && !CallAccount.Changes(call, fact))
        {
            Account = Evolve(Account, told);
            return [];
        }
        return Evolve(Account, told) is { } account ? Replace(account, told.Sequence, tariff) : [];
    }

    /// <summary>What a re-rating changes; nothing of what was used out of its range.</summary>
    /// <param name="before">The tariff without it.</param>
    /// <param name="tariff">The tariff with it.</param>
    public IReadOnlyList<CostLine> Reprice(Placed rerated, Tariff before, Tariff tariff)
    {
        var range = (RangeRerated)rerated.Fact;
        if (Account is not { } account || account.UsedAt < range.From || account.UsedAt >= range.To)
        {
            return [];
        }
        charges ??= account.PricedAt > 0 ? account.Charges(before, rerated.Sequence) : [];
        return [.. Replace(account, rerated.Sequence, tariff).Select(line => line with
        {
            Facts = [.. line.Facts, rerated.Id],
        })];
    }

    /// <summary>What another account of the same stream changes: it was read anew from its facts.</summary>
    public IReadOnlyList<CostLine> Replace(CostAccount account, long sequence, Tariff tariff)
    {
        // What was never priced has no lines yet, whatever it would cost by now.
        var before = charges ?? (Account is { PricedAt: > 0 } priced ? priced.Charges(tariff, sequence) : []);
        account = account with { PricedAt = Account?.PricedAt ?? 0 };
        charges = account.Charges(tariff, sequence);
        Account = account.PricedAt == 0 && charges.Count > 0 ? account with { PricedAt = sequence } : account;
        return [.. CostLine.Between(before, account, charges)];
    }
}
