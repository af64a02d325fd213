using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in how a member takes calls.</summary>
internal sealed class TeamTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);

    /// <summary>Who was never given anything takes calls as <see cref="TeamMember.New"/>.</summary>
    public IEnumerable<FieldChange> Of(TeamMember? before, TeamMember? after)
    {
        var (old, now) = (before ?? TeamMember.New, after ?? TeamMember.New);
        return
        [
            .. Telling.Value("availability", "availability", old.Availability, now.Availability, Text),
            .. Telling.Value(
                "terms.schedule", "schedule", old.Terms.Schedule, now.Terms.Schedule,
                id => _places.Schedule(id!)),
            .. Telling.Count("terms.callsMax", "calls at the same time", old.Terms.CallsMax, now.Terms.CallsMax),
            .. Telling.Listed("terms.phones", "phone", old.Terms.Phones ?? [], now.Terms.Phones ?? []),
        ];
    }

    private static string Text(Availability availability) => availability switch
    {
        Availability.DoNotDisturb => "not to be disturbed",
        _ => availability.ToString().ToLowerInvariant(),
    };
}
