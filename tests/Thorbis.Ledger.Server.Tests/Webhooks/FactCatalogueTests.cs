using System.Reflection;
using System.Text;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Server.Webhooks;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>Stored names and fields are permanent: what was written once must always load.</summary>
[Collection<LedgerTests>]
public sealed class FactCatalogueTests(LedgerHost ledger)
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly bool Write = Environment.GetEnvironmentVariable("LEDGER_WRITE_DOCS") == "1";

    [Fact]
    public void Every_fact_of_the_domain_is_in_the_catalogue_under_a_name_of_its_own()
    {
        var facts = typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fact)) && !t.IsAbstract);

        Assert.Empty(facts.Except(FactCatalogue.All.Select(f => f.Type)));
        Assert.Equal(FactCatalogue.All.Count, FactCatalogue.All.Select(f => f.Name).Distinct().Count());
    }

    [Fact]
    public void Every_stored_form_still_loads_and_is_written_the_same_way()
    {
        var serializer = ledger.Host.Services.GetRequiredService<IDocumentStore>().Options.Serializer();
        foreach (var (type, name) in FactCatalogue.All)
        {
            var file = Path.Combine(Folder("tests/Thorbis.Ledger.Server.Tests/Golden/Facts"), name + ".json");
            if (Write)
            {
                File.WriteAllText(file, serializer.ToJson(FactSample.Of(type)) + "\n");
            }
            var stored = File.ReadAllText(file);
            var loaded = serializer.FromJson(type, new MemoryStream(Encoding.UTF8.GetBytes(stored)));

            using var first = JsonDocument.Parse(stored);
            using var second = JsonDocument.Parse(serializer.ToJson(loaded));
            Assert.True(JsonElement.DeepEquals(first.RootElement, second.RootElement), name);
        }
    }

    [Fact]
    public void The_events_page_is_the_one_generated()
    {
        var page = Path.Combine(Folder("docs"), "events.md");
        if (Write)
        {
            File.WriteAllText(page, Render());
        }

        Assert.Equal(Render(), File.ReadAllText(page));
    }

    private static string Render()
    {
        var page = new StringBuilder("""
            # Facts

            Generated from the code; a test compares. The stored name and the fields of a fact are permanent. Every
            fact also has `revision` when it is above 0, and in its metadata the company (`tenant_id`), the journal id
            of the webhook it was read from (`causation_id`) and the instant it was recorded (`timestamp`). Times are
            ISO 8601 in UTC, to the microsecond; amounts are decimal numbers with every digit the carrier gave; a field
            marked `?` is left out when it is not known.


            """.ReplaceLineEndings("\n"));
        foreach (var stream in FactCatalogue.All.GroupBy(f => f.Type.BaseType!))
        {
            page.Append($"## {stream.Key.Name}\n\n| stored name | fields |\n|---|---|\n");
            foreach (var (type, name) in stream)
            {
                var fields = type.GetConstructors()[0].GetParameters().Select(Field);
                page.Append($"| `{name}` | {string.Join(", ", fields)} |\n");
            }
            page.Append('\n');
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Field(ParameterInfo parameter)
    {
        var optional = Nullability.Create(parameter).ReadState == NullabilityState.Nullable ? "?" : "";
        var name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        return $"`{name}{optional}` {TypeName(parameter.ParameterType)}";
    }

    private static string TypeName(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var name = type.IsGenericType
            ? (type.GetGenericArguments() is [_, var value] ? $"map of {TypeName(value)}"
                : $"list of {TypeName(type.GetGenericArguments()[0])}")
            : type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
            : type.Name;
        return name switch { "String" => "text", "Int32" or "Int64" => "integer", "Boolean" => "boolean", _ => name };
    }

    private static string Folder(string path)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Thorbis.Ledger.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }
        return Directory.CreateDirectory(Path.Combine(root, path)).FullName;
    }
}
