using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    private ISerializer Serializer =>
        ledger.Host.Services.GetRequiredService<IDocumentStore>().Options.Serializer();

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
        foreach (var (type, name) in FactCatalogue.All)
        {
            AssertStored(Path.Combine("Facts", name), FactSample.Of(type));
        }
    }

    [Fact]
    public void Every_kind_that_a_fact_may_hold_still_loads_under_its_name()
    {
        foreach (var type in Kinds())
        {
            var sample = FactSample.ListOf(type);
            using var stored = JsonDocument.Parse(AssertStored(Path.Combine("Kinds", type.Name), sample));
            Assert.Equal(sample.Length, stored.RootElement.GetArrayLength());
        }
    }

    [Fact]
    public void A_fact_that_leaves_out_all_it_may_loads_and_is_written_the_same_way()
    {
        foreach (var (type, name) in FactCatalogue.All)
        {
            AssertLoads(type, Serializer.ToJson(FactSample.Of(type, bare: true)), name);
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

    /// <returns>The stored form.</returns>
    private string AssertStored(string name, object sample)
    {
        var file = Path.Combine(Folder("tests/Thorbis.Ledger.Server.Tests/Golden"), name + ".json");
        if (Write)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Serializer.ToJson(sample) + "\n");
        }
        var stored = File.ReadAllText(file);
        AssertLoads(sample.GetType(), stored, name);
        return stored;
    }

    private void AssertLoads(Type type, string stored, string name)
    {
        var loaded = Serializer.FromJson(type, new MemoryStream(Encoding.UTF8.GetBytes(stored)));

        using var first = JsonDocument.Parse(stored);
        using var second = JsonDocument.Parse(Serializer.ToJson(loaded));
        Assert.True(JsonElement.DeepEquals(first.RootElement, second.RootElement), name);
    }

    private static IEnumerable<Type> Kinds() => typeof(Fact).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(JsonPolymorphicAttribute))).OrderBy(type => type.Name);

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
                var fields = type.GetConstructors()[0].GetParameters()
                    .Select(p => Field(p.Name!, p.ParameterType, Nullability.Create(p)))
                    .Concat(FactSample.InitOnly(type)
                        .Select(p => Field(p.Name, p.PropertyType, Nullability.Create(p))));
                page.Append($"| `{name}` | {string.Join(", ", fields)} |\n");
            }
            page.Append('\n');
        }
        page.Append("## Kinds\n\nValues of these types carry their `kind`.\n\n| type | kinds |\n|---|---|\n");
        foreach (var type in Kinds())
        {
            var kinds = type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(k => $"`{k.TypeDiscriminator}`");
            page.Append($"| {type.Name} | {string.Join(", ", kinds)} |\n");
        }
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Field(string name, Type type, NullabilityInfo nullability) =>
        $"`{JsonNamingPolicy.CamelCase.ConvertName(name)}{(FactSample.MayBeNull(nullability) ? "?" : "")}` "
        + TypeName(type);

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
