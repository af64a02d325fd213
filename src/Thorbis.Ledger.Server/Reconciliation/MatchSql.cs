using Thorbis.Ledger.Domain.Reconciliation;

namespace Thorbis.Ledger.Server.Reconciliation;

/// <summary>
/// The statements of a match, in their order. Their tables are temporary: unlogged, seen by this transaction alone,
/// and gone with it, however it ends.
/// </summary>
/// <remarks>
/// Every statement that reads tables of the ledger has the company as <c>$1</c>: they run as the owner, whom no policy
/// restricts.
/// </remarks>
internal static class MatchSql
{
    /// <summary>The file. Memory is for the joins of a million rows; what is larger spills to disk.</summary>
    /// <remarks>
    /// Reading calls' states costs most, which the planner does not know: it may use all cores. Of the temporary tables
    /// it needs to know how long they are, and hardly more. The key is a text: to read uuids took a sixth of the COPY.
    /// </remarks>
    public const string Staged = """
        set local work_mem = '128MB';
        set local parallel_setup_cost = 0;
        set local parallel_tuple_cost = 0;
        set local default_statistics_target = 10;
        create temporary table staged (
          line int not null, kind smallint not null, key text collate "C" not null, record_id text collate "C",
          leg_id text collate "C", control_id text collate "C", session_id text collate "C",
          message_id text collate "C", incoming boolean, from_party text collate "C",
          to_party text collate "C", micros bigint, seconds int, cost numeric, currency text collate "C",
          unknown text
        ) on commit drop
        """;

    public const string Copy = "copy staged from stdin";

    /// <summary>When a record says it was.</summary>
    public const string At = "timestamptz 'epoch' + s.micros * interval '1 microsecond'";

    public const string RepeatedTable = """
        analyze staged (key, leg_id, session_id, message_id);
        create temporary table repeated (like staged) on commit drop
        """;

    /// <summary>
    /// Of the same record told more than once, one stays: which one, its content decides and not its line, so that
    /// the order of a file does not matter.
    /// </summary>
    public const string Repeated = """
        with told as (
          select line, row_number() over (partition by key order by cost desc nulls last, seconds desc nulls last,
            micros, leg_id, control_id, session_id, from_party, to_party, line) as place
          from staged where key in (select key from staged group by key having count(*) > 1)),
        gone as (
          delete from staged using told where staged.line = told.line and told.place > 1 returning staged.*)
        insert into repeated select * from gone
        """;

    /// <summary>The ledger's side: one item a leg or message, from <c>$4</c> to <c>$5</c>; missing at the carrier can
    /// be those from <c>$2</c> to <c>$3</c>. <c>$6</c>: the parts of a leg's cost that are compared.</summary>
    /// <param name="byPart">Some of them, or all.</param>
    public static string ItemsOfRange(bool byPart) => "create temporary table item on commit drop as " + ItemSql.Of(
        "ledger.call c where c.tenant_id = $1 and c.usage_at >= $4 and c.usage_at < $5",
        "ledger.message m where m.tenant_id = $1 and m.usage_at >= $4 and m.usage_at < $5", "0", byPart);

    /// <summary>What the joins ask of the items.</summary>
    public const string AnalyzeItems = "analyze item (item, call_id, leg_id, message_id, from_party, to_party)";

    public const string LoneTable = """
        analyze link (line, item);
        create temporary table lone (like staged) on commit drop
        """;

    public const string CountLinks = "select count(*) from link";

    /// <summary>Records without an item so far, and the calls and messages they name.</summary>
    public const string Lone = """
        insert into lone select * from staged s where not exists (select from link l where l.line = s.line);
        analyze lone
        """;

    /// <summary>Items of other times that such records name.</summary>
    /// <inheritdoc cref="ItemsOfRange"/>
    public static string ItemsNamed(bool byPart) => "insert into item " + ItemSql.Of(
        """
        (select distinct call_id from (
            select session_id as call_id from lone
            union all select l.session_id from lone s
              join intake.leg l on l.tenant_id = $1 and l.leg_id = s.leg_id where s.session_id is null
            union all select l.session_id from lone s
              join intake.leg l on l.tenant_id = $1 and l.control_id = s.control_id
              where s.session_id is null and s.leg_id is null) told
          where not exists (select from item i where i.call_id = told.call_id)) named
        join ledger.call c on c.tenant_id = $1 and c.call_id = named.call_id where true
        """,
        """
        (select distinct message_id from lone s
          where not exists (select from item i where i.message_id = s.message_id)) named
        join ledger.message m on m.tenant_id = $1 and m.message_id = named.message_id
        """, "(select coalesce(max(item), 0) from item)", byPart);

    public const string NoLongerLone = "delete from lone s using link l where l.line = s.line";

    /// <summary>Which record is about which item.</summary>
    public static string LinksOfFile(RecordNaming naming) =>
        "create temporary table link on commit drop as " + Links("staged", naming);

    /// <summary>The same of records whose items have been found since.</summary>
    public static string LinksOfLone(RecordNaming naming) => "insert into link " + Links("lone", naming);

    /// <summary>Links the records of a table by their ids. <c>$2</c>: kinds whose amounts the ledger's cost
    /// holds.</summary>
    /// <param name="naming">Which ids there are: what no record has is not looked for.</param>
    private static string Links(string source, RecordNaming naming)
    {
        (RecordNaming Naming, string Join)[] joins =
        [
            (RecordNaming.LegOfSession, "i.call_id = s.session_id and i.leg_id = s.leg_id"),
            (RecordNaming.Leg, "i.leg_id = s.leg_id where s.session_id is null"),
            (RecordNaming.Session,
                "i.call_id = s.session_id and i.place = 1 where s.leg_id is null and s.control_id is null"),
            (RecordNaming.Message, "i.message_id = s.message_id"),
        ];
        var found = joins.Where(join => naming.HasFlag(join.Naming)).DefaultIfEmpty(joins[^1]);
        return string.Join("\nunion all\n", found.Select(join => $"""
            select s.line, i.item, {(join.Naming == RecordNaming.Session ? "i.legs > 1" : "false")} as whole, {Told}
            from {source} s join item i on {join.Join}
            """));
    }

    /// <summary>Records that name their leg by its control id, which the journal's owners know.</summary>
    public static string ControlLinks(string source) => $"""
        insert into link
        select s.line, i.item, false, {Told}
        from {source} s
        join intake.leg l on l.tenant_id = $1 and l.control_id = s.control_id
        join item i on i.call_id = l.session_id and i.leg_id = l.leg_id
        where s.leg_id is null and (s.session_id is null or s.session_id = l.session_id)
        """;

    /// <summary>
    /// Records that name nothing: the item between the same parties that is nearest in time, at most 30 s away.
    /// </summary>
    public const string NamelessLinks = $"""
        insert into link
        select distinct on (s.line) s.line, i.item, false, {Told}
        from lone s
        cross join lateral (select {At} as at) told
        cross join (values (-1), (0), (1)) beside(slot)
        join item i on i.from_party = s.from_party and i.to_party = s.to_party
          and floor(extract(epoch from i.at) / 30) = floor(extract(epoch from told.at) / 30) + beside.slot
          and i.at between told.at - interval '30 seconds' and told.at + interval '30 seconds'
          and (i.message_id is not null) = (s.kind = $3)
          and (s.incoming is null or s.incoming = i.incoming)
        where s.leg_id is null and s.control_id is null and s.session_id is null and s.message_id is null
        order by s.line, abs(extract(epoch from i.at - told.at)), i.call_id, i.leg_id, i.message_id
        """;

    private const string Told = "s.kind = any($2) as priced, s.kind, s.seconds, s.cost, s.currency";
}
