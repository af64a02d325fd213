using NodaTime;

namespace Thorbis.Ledger.Domain.Budgets;

/// <summary>Decides on a company's budgets.</summary>
public static class BudgetDecider
{
    /// <summary>Of one company, the retired ones apart.</summary>
    public const int BudgetsMax = 200;
    public const int ThresholdsMax = 10;
    public const int ThresholdMax = 1_000;
    public const int RecipientsMax = 20;
    public const decimal LimitMax = 999_999_999_999m;
    public const int LimitDecimalsMax = 8;

    /// <summary>Of a name, and of a cost centre.</summary>
    public const int TextLengthMax = 100;

    /// <summary>Percent, where nothing else is said.</summary>
    public static readonly IReadOnlyList<int> DefaultThresholds = [80, 100];

    /// <param name="held">The numbers that the company holds now, confirmed.</param>
    /// <param name="present">How many budgets the company has, the retired ones apart.</param>
    public static Decision<BudgetFact> Define(
        Guid budgetId, BudgetTerms terms, IReadOnlyCollection<string> held, int present, string by, Instant now) =>
        Check(terms, held) is { } refusal ? refusal
        : present >= BudgetsMax
            ? new Refusal("too-many-budgets", $"A company has at most {BudgetsMax} budgets; retire one first.")
            : new BudgetDefined(budgetId, now, Ordered(terms), by);

    /// <param name="version">The one that was seen when the new terms were written.</param>
    /// <param name="held">The numbers that the company holds now; the one watched already may have been given
    /// up.</param>
    public static Decision<BudgetFact> Revise(
        Budget budget, int version, BudgetTerms terms, IReadOnlyCollection<string> held, string by, Instant now)
    {
        if (budget.RetiredAt is not null)
        {
            return new Refusal("budget-retired", $"The budget '{budget.Terms.Name}' is retired.");
        }
        if (version != budget.Version)
        {
            return new Refusal(
                Refusal.StaleEdit, $"Version {version} was edited, but the budget is at version {budget.Version}.");
        }
        IReadOnlyCollection<string> known = budget.Terms.Number is { } number ? [.. held, number] : held;
        var ordered = Ordered(terms);
        return Check(terms, known) is { } refusal ? refusal
            : ordered.SameAs(budget.Terms) ? new Accepted<BudgetFact>([])
            : new BudgetRevised(budget.BudgetId, now, budget.Version + 1, ordered, by);
    }

    public static Decision<BudgetFact> Retire(Budget budget, string by, Instant now) => budget.RetiredAt is null
        ? new BudgetRetired(budget.BudgetId, now, by)
        : new Accepted<BudgetFact>([]);

    private static BudgetTerms Ordered(BudgetTerms terms) =>
        terms with { Name = terms.Name.Trim(), Thresholds = [.. terms.Thresholds.Order()] };

    private static Refusal? Check(BudgetTerms terms, IReadOnlyCollection<string> held) =>
        !IsText(terms.Name) ? Refusal.Of("name", $"A budget needs a name of 1 to {TextLengthMax} characters.")
        : CheckMoney(terms) ?? CheckScope(terms, held) ?? CheckThresholds(terms.Thresholds)
        ?? (terms.Recipients.Count > RecipientsMax
            ? Refusal.Of("recipients", $"At most {RecipientsMax} addresses get the e-mail.")
            : null);

    private static Refusal? CheckMoney(BudgetTerms terms) =>
        terms.Limit is < 0 or > LimitMax || decimal.Round(terms.Limit, LimitDecimalsMax) != terms.Limit
            ? Refusal.Of("limit", $"A limit is 0 to {LimitMax}, with at most {LimitDecimalsMax} decimals.")
        : terms.Currency.Length != 3 || !terms.Currency.All(char.IsAsciiLetterUpper)
            ? Refusal.Of("currency", "A currency is an ISO 4217 code, such as USD.")
        : !Enum.IsDefined(terms.Source) ? Refusal.Of("source", "The source is carrier or deck.")
        : null;

    private static Refusal? CheckScope(BudgetTerms terms, IReadOnlyCollection<string> held) =>
        terms is { Number: not null, CostCentre: not null }
            ? Refusal.Of("costCentre", "A budget watches a number or a cost centre, not both.")
        : terms.Number is { } number && !PhoneNumber.IsE164(number)
            ? Refusal.Of("number", "A number is written as + and 5 to 15 digits, country code first.")
        : terms.Number is { } own && !held.Contains(own)
            ? Refusal.Of("number", $"The company does not hold {own}.")
        : terms.CostCentre is { } centre && !IsText(centre)
            ? Refusal.Of("costCentre", $"A cost centre has 1 to {TextLengthMax} characters.")
        : null;

    private static Refusal? CheckThresholds(IReadOnlyList<int> thresholds) =>
        thresholds.Count is 0 or > ThresholdsMax
            ? Refusal.Of("thresholds", $"A budget has 1 to {ThresholdsMax} thresholds.")
        : thresholds.Any(percent => percent is < 1 or > ThresholdMax)
            ? Refusal.Of("thresholds", $"A threshold is 1 to {ThresholdMax} percent of the limit.")
        : thresholds.Distinct().Count() != thresholds.Count
            ? Refusal.Of("thresholds", "Each threshold is told of once.")
        : null;

    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= TextLengthMax
        && !text.Any(char.IsControl);
}
