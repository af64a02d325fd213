using System.Text.Json;
using Thorbis.Ledger.Domain.Budgets;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Domain.Trail;
using Thorbis.Ledger.Server.Hosting;
using Thorbis.Ledger.Server.Webhooks;

namespace Thorbis.Ledger.Server.Audit;

/// <summary>
/// What facts outside of the configuration changed, by their own fields: paths as in docs/events.md, values as short
/// texts. Where a fact tells anew what an earlier one of its stream told, what differs between the two; of others every
/// field.
/// </summary>
internal static class FactFields
{
    /// <summary>Longer lists of texts, and of things, are told by their length.</summary>
    private const int ListedMax = 20;
    private const int TextLengthMax = 200;

    /// <summary>What every fact has, and what entries show by themselves.</summary>
    private static readonly string[] Common =
        ["occurredAt", "effectiveAt", "by", "reason", "address", "changeSet", "revision", "version"];

    /// <summary>Facts that tell the whole of something, and so replace the one of these before.</summary>
    private static readonly HashSet<string> Whole =
    [
        .. new[]
        {
            typeof(BudgetDefined), typeof(BudgetRevised), typeof(StatementRulesSet), typeof(CustomerNamed),
            typeof(MemberJoined), typeof(MemberRoleChanged),
        }.Select(FactCatalogue.NameOf),
    ];

    /// <summary>Of each fact what it changed.</summary>
    /// <param name="stream">From its first fact on.</param>
    public static IEnumerable<(TrailFact Fact, IReadOnlyList<FieldChange> Changes)> Of(IEnumerable<TrailFact> stream)
    {
        IReadOnlyDictionary<string, string> told = new Dictionary<string, string>();
        foreach (var fact in stream)
        {
            var (whole, fields) = (Whole.Contains(fact.Name), Fields(fact));
            var changes = FieldDifferences.Of(whole ? told : new Dictionary<string, string>(), fields);
            told = whole ? fields : told;
            yield return (fact, changes.Count > 0 ? changes : [new("", null, null, Words(fact))]);
        }
    }

    private static Dictionary<string, string> Fields(TrailFact fact)
    {
        var fields = new Dictionary<string, string>();
        // Stored JSON is in an order of the database's; that of the fact itself is the one to read.
        var told = fact.Parse();
        foreach (var field in JsonSerializer.SerializeToElement(told, told.GetType(), LedgerJson.Options)
            .EnumerateObject())
        {
            var isId = field.Value.ValueKind == JsonValueKind.String && field.Value.GetString() == fact.Id;
            if (!isId && !Common.Contains(field.Name))
            {
                Add(fields, field.Name, field.Value);
            }
        }
        return fields;
    }

    private static void Add(Dictionary<string, string> fields, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    Add(fields, $"{path}.{field.Name}", field.Value);
                }
                break;
            case JsonValueKind.Array when value.GetArrayLength() > ListedMax:
                fields[path] = $"{value.GetArrayLength()} items";
                break;
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.Object):
                fields[path] = string.Join(", ", value.EnumerateArray().Select(Text));
                break;
            case JsonValueKind.Array:
                foreach (var (i, item) in value.EnumerateArray().Index())
                {
                    Add(fields, $"{path}[{i}]", item);
                }
                break;
            case JsonValueKind.Null:
                break;
            default:
                fields[path] = Text(value);
                break;
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => Short(value.GetString()!),
        _ => Short(value.GetRawText()),
    };

    private static string Short(string text) => text.Length <= TextLengthMax ? text : $"{text[..TextLengthMax]}…";

    private static string Words(TrailFact fact) => fact.Name.Replace('_', ' ');
}
