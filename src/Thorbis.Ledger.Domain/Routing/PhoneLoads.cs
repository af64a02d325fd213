using NodaTime;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>How many calls phones have, counted while calls go by in the order of their begin.</summary>
public sealed class PhoneLoads
{
    /// <summary>Calls that lasted longer are not looked for when counting begins in the middle.</summary>
    public static readonly Duration Before = Duration.FromDays(1);

    private readonly List<(int Call, PhoneStay Stay)> _stays = [];
    private int _calls;

    /// <summary>Calls that ring or are talked on at the phones of a member; null where those were never said.</summary>
    public int? Of(TeamTerms terms, Instant at)
    {
        if (terms.Phones is not { Count: > 0 } phones)
        {
            return null;
        }
        var calls = new HashSet<int>();
        foreach (var phone in phones)
        {
            var address = PhoneAddress.Of(phone);
            foreach (var (call, stay) in _stays)
            {
                if (stay.From <= at && at < stay.Until && stay.Address == address)
                {
                    calls.Add(call);
                }
            }
        }
        return calls.Count;
    }

    /// <param name="call">Not begun before those that were added.</param>
    public void Add(RecordedCall call)
    {
        _stays.RemoveAll(held => held.Stay.Until <= call.Known.At);
        _calls++;
        _stays.AddRange(call.Stays.Select(stay => (_calls, stay)));
    }
}
