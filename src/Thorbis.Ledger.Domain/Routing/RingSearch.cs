namespace Thorbis.Ledger.Domain.Routing;

/// <summary>Who rings.</summary>
internal sealed partial class RouteSearch
{
    private static readonly string[] Words = [.. Enum.GetNames<Availability>()];

    private void Ring(CompiledMember member)
    {
        switch (Reaches(member))
        {
            case Truth.Yes:
                Tell(TraceCode.MemberRings, member.Id);
                End(member.Target, AfterRinging());
                break;
            case Truth.Unknown:
                NoteUnknown(member);
                Might(member.Target, AfterRinging(), exact: true);
                break;
        }
    }

    private Destination? AtOnce(CompiledRule rule)
    {
        var (free, open) = (new List<CompiledMember>(rule.Members.Length), new List<CompiledMember>());
        foreach (var member in rule.Members)
        {
            switch (Reaches(member))
            {
                case Truth.Yes: free.Add(member); break;
                case Truth.Unknown: open.Add(member); break;
            }
        }
        if (open.Count > 0)
        {
            open.ForEach(NoteUnknown);
            Might(Targets(rule.Members.Where(m => free.Contains(m) || open.Contains(m))), AfterRinging(), exact: false);
        }
        free.ForEach(member => Tell(TraceCode.MemberRings, member.Id));
        Take(free.Count == 0 ? null : Targets(free));
        return null;
    }

    /// <summary>The fewest turns so far; of equals, the first in the list. So two members who can both take calls all
    /// the time are never more than one turn apart, whatever others do.</summary>
    private Destination? InTurn(CompiledRule rule)
    {
        var known = _call.Situation.Turns.TryGetValue(rule.Rule.Id, out var turns);
        var (chosen, fewest, free, open) = ((CompiledMember?)null, 0, 0, 0);
        foreach (var member in rule.Members)
        {
            var truth = Reaches(member);
            open += truth == Truth.Unknown ? 1 : 0;
            if (truth == Truth.Yes)
            {
                free++;
                var had = TurnsOf(turns, member);
                if (chosen is null || had < fewest)
                {
                    (chosen, fewest) = (member, had);
                }
            }
        }
        if (open > 0 || (!known && free > 1))
        {
            InTurnOpen(rule, turns, chosen, fewest);
        }
        if (chosen is not null)
        {
            Tell(TraceCode.MemberChosen, chosen.Id, number: fewest);
        }
        Take(chosen?.Target);
        return null;
    }

    /// <summary>Who else may be chosen, when turns or some of the members are not known.</summary>
    private void InTurnOpen(
        CompiledRule rule, IReadOnlyDictionary<string, int>? turns, CompiledMember? chosen, int fewest)
    {
        var rivals = rule.Members.Where((member, place) => member != chosen && MayWin(member, place)).ToList();
        rivals.Where(rival => Reaches(rival, tell: false) == Truth.Unknown).ToList().ForEach(NoteUnknown);
        if (turns is null && rivals.Count + (chosen is null ? 0 : 1) > 1)
        {
            Note(new(UnknownFact.Turns, rule.Id, null));
            Tell(TraceCode.TurnsUnknown, rule.Id);
        }
        rivals.ForEach(rival => Might(rival.Target, AfterRinging(), exact: true));

        bool MayWin(CompiledMember member, int place) => Reaches(member, tell: false) switch
        {
            Truth.No => false,
            Truth.Yes => turns is null,
            _ => turns is null || chosen is null
                || (TurnsOf(turns, member), place).CompareTo((fewest, Array.IndexOf(rule.Members, chosen))) < 0,
        };
    }

    private void Take(IReadOnlyList<Destination>? targets)
    {
        if (targets is null)
        {
            Tell(TraceCode.NobodyFree, _rule!.Id);
        }
        else
        {
            End(targets, AfterRinging());
        }
    }

    /// <summary>One reason why not settles it, whatever is not known beside it.</summary>
    private Truth Reaches(CompiledMember member, bool tell = true)
    {
        _call.Situation.Members.TryGetValue(member.Id, out var state);
        var (code, value, number) = member.Terms is not { } terms ? (TraceCode.MemberGone, null, 0)
            : state.Availability is not (null or Availability.Available)
                ? (TraceCode.MemberUnavailable, WordOf(state.Availability.Value), 0)
            : state.Calls >= terms.CallsMax ? (TraceCode.MemberFull, null, state.Calls.Value)
            : member.Schedule >= 0 && !_call.Hours(member.Schedule).Open ? (TraceCode.MemberOffDuty, terms.Schedule, 0)
            : state.Availability is null || state.Calls is null ? (TraceCode.MemberUnknown, (string?)null, 0)
            : (TraceCode.MemberRings, null, 0);
        if (tell && code != TraceCode.MemberRings)
        {
            Tell(code, member.Id, value, number);
        }
        return code == TraceCode.MemberRings ? Truth.Yes
            : code == TraceCode.MemberUnknown ? Truth.Unknown : Truth.No;
    }

    private void NoteUnknown(CompiledMember member)
    {
        _call.Situation.Members.TryGetValue(member.Id, out var state);
        if (state.Availability is null)
        {
            Note(new(UnknownFact.Availability, member.Id, null));
        }
        if (state.Calls is null)
        {
            Note(new(UnknownFact.Load, member.Id, member.Terms?.CallsMax));
        }
    }

    private static int TurnsOf(IReadOnlyDictionary<string, int>? turns, CompiledMember member) =>
        turns?.GetValueOrDefault(member.Id) ?? 0;

    private static string WordOf(Availability availability) =>
        (int)availability < Words.Length && availability >= 0 ? Words[(int)availability] : "unknown";

    private static Destination[] Targets(IEnumerable<CompiledMember> members) =>
        [.. members.Select(member => member.Target[0])];
}
