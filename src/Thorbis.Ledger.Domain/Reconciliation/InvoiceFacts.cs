using NodaTime;

namespace Thorbis.Ledger.Domain.Reconciliation;

/// <summary>A fact of one month's invoice of the carrier; stream <c>invoice/{month}</c>.</summary>
/// <param name="Month">As <c>2026-10</c>.</param>
public abstract record InvoiceFact(string Month, Instant OccurredAt) : Fact(OccurredAt);

/// <summary>A month of the ledger was tied out to the carrier's invoice.</summary>
/// <param name="Currency">Of every line.</param>
/// <param name="Total">What the invoice asks for: exactly the sum of lines and unexplained amounts.</param>
/// <param name="Lines">What is explained, and by what.</param>
/// <param name="Unexplained">What is not, one line per place where it shows.</param>
/// <param name="OtherCurrencies">What the ledger holds of the month in other currencies: no part of the sum.</param>
/// <param name="CallsUnpriced">Calls of the month whose cost the ledger was never told, or in two currencies.</param>
/// <param name="By">The user or key that did it, as <c>user:{id}</c> or <c>key:{id}</c>.</param>
/// <param name="Reconciliations">Whose files tell what features were billed; null for none.</param>
public sealed record InvoiceTiedOut(
    string Month, Instant OccurredAt, string InvoiceId, string Zone, string Currency, decimal Total,
    IReadOnlyList<TieOutLine> Lines, IReadOnlyList<TieOutLine> Unexplained, IReadOnlyList<Money> OtherCurrencies,
    long CallsUnpriced, long MessagesUnpriced, string By, IReadOnlyList<Guid>? Reconciliations = null)
    : InvoiceFact(Month, OccurredAt);
