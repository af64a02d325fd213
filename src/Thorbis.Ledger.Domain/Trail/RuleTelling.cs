using Thorbis.Ledger.Domain.Routing;

namespace Thorbis.Ledger.Domain.Trail;

/// <summary>What became different in a rule.</summary>
internal sealed class RuleTelling(NameBook names)
{
    private readonly PlaceTelling _places = new(names);
    private readonly ConditionTelling _conditions = new(names);

    public static string Called(Rule rule) => $"rule '{rule.Name}'";

    public IEnumerable<FieldChange> Of(Rule? before, Rule? after) =>
        Telling.Whole(before, after, Called, Brief, Fields);

    public IEnumerable<FieldChange> Fields(Rule before, Rule after) =>
    [
        .. Telling.Value("id", "id", before.Id, after.Id, id => $"{id}"),
        .. Telling.Name(before.Name, after.Name),
        .. before.Enabled == after.Enabled ? Array.Empty<FieldChange>()
            :
            [
                new(
                    "enabled", Telling.OnOff(before.Enabled), Telling.OnOff(after.Enabled),
                    $"switched {Telling.OnOff(after.Enabled)}"),
            ],
        .. _conditions.Of(before.When, after.When),
        .. Actions("then", before.Then, after.Then),
        .. Telling.Seconds("ring.seconds", "ring time", before.Ring.Seconds, after.Ring.Seconds),
        .. Telling.Value("ring.recording", "recording", before.Ring.Recording, after.Ring.Recording, Recording),
        .. _places.Destination("fallback", "fall-back", before.Fallback, after.Fallback),
        .. Notices("notice", before.Notice, after.Notice),
    ];

    public string Brief(Rule rule)
    {
        var when = rule.When.Count == 0 ? "every call" : string.Join("; ", rule.When.Select(_conditions.Text));
        return $"{when}: {Text(rule.Then)}, rings {rule.Ring.Seconds} s"
            + (rule.Fallback is { } fallback ? $", then {_places.Text(fallback)}" : "")
            + (rule.Enabled ? "" : ", switched off");
    }

    /// <summary>Who is told of a message, and how.</summary>
    public IEnumerable<FieldChange> Notices(string field, VoicemailNotice? before, VoicemailNotice? after) =>
        before is null || after is null
            ? Telling.Value(field, "voicemail notice", before, after, notice => Text(notice!))
            :
            [
                .. Telling.Listed(
                    $"{field}.members", "notified member", before.Members, after.Members, _places.Member),
                .. Telling.Switch($"{field}.byEmail", "notice by e-mail", before.ByEmail, after.ByEmail),
                .. Telling.Switch($"{field}.byText", "notice by SMS", before.ByText, after.ByText),
                .. Telling.Switch(
                    $"{field}.withTranscript", "transcript in notices", before.WithTranscript, after.WithTranscript),
            ];

    public string Text(VoicemailNotice notice)
    {
        var ways = string.Join(" and ", new[]
        {
            notice.ByEmail ? "e-mail" : null, notice.ByText ? "SMS" : null,
        }.OfType<string>());
        return $"{Members(notice.Members)} by {(ways.Length == 0 ? "nothing" : ways)}"
            + (notice.WithTranscript ? ", with the transcript" : "");
    }

    private IEnumerable<FieldChange> Actions(string field, RuleAction before, RuleAction after) =>
        (before, after) switch
        {
            (Direct old, Direct now) => _places.Destination($"{field}.to", "goes to", old.To, now.To),
            // Of equals the first in the list has the turn; who rings at once has no place.
            (RoundRobin old, RoundRobin now) => Telling.Listed(
                $"{field}.members", "member", old.Members, now.Members, _places.Member, ordered: true),
            (Simultaneous old, Simultaneous now) => Telling.Listed(
                $"{field}.members", "member", old.Members, now.Members, _places.Member),
            (BusinessHours old, BusinessHours now) =>
            [
                .. Telling.Value($"{field}.schedule", "schedule", old.Schedule, now.Schedule, _places.Schedule),
                .. _places.Destination($"{field}.whenOpen", "while open", old.WhenOpen, now.WhenOpen),
            ],
            _ => Telling.Value(field, "action", before, after, Text),
        };

    private string Text(RuleAction action) => action switch
    {
        Direct direct => $"to {_places.Text(direct.To)}",
        RoundRobin turns => $"in turns {Members(turns.Members)}",
        Simultaneous all => $"at once {Members(all.Members)}",
        PlayMenu play => $"plays {_places.Menu(play.Menu)}",
        BusinessHours hours =>
            $"while {_places.Schedule(hours.Schedule)} is open to {_places.Text(hours.WhenOpen)}",
        JoinQueue join => $"waits in {_places.Queue(join.Queue)}",
        _ => "an action of a kind that is not known",
    };

    private string Members(IEnumerable<string> ids) => Telling.Some(ids.Select(_places.Member));

    private static string Recording(CallRecording recording) => recording switch
    {
        CallRecording.None => "off",
        CallRecording.Single => "on, one channel",
        _ => "on, two channels",
    };
}
