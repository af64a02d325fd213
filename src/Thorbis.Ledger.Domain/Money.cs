namespace Thorbis.Ledger.Domain;

/// <summary>An amount with the currency it is in; never rounded before a statement.</summary>
/// <param name="Amount">Every digit the sender gave; may be negative (a credit).</param>
/// <param name="Currency">ISO 4217 code, upper case; empty when the sender gave none.</param>
public sealed record Money(decimal Amount, string Currency)
{
    /// <summary>
    /// The sum; a zero takes part whatever its currency. Null where currencies differ or the sum is beyond decimal.
    /// </summary>
    public Money? Plus(Money other)
    {
        var beyond = Amount < 0 == other.Amount < 0
            && Math.Abs(Amount) > decimal.MaxValue - Math.Abs(other.Amount);
        if (beyond || (Amount != 0 && other.Amount != 0 && Currency != other.Currency))
        {
            return null;
        }
        return new Money(Amount + other.Amount, other.Amount == 0 && Currency.Length > 0 ? Currency : other.Currency);
    }
}
