using System.Reflection;
using System.Text.Json.Serialization;
using NodaTime;
using Thorbis.Ledger.Domain;
using Thorbis.Ledger.Domain.Schedules;
using Thorbis.Ledger.Domain.Statements;
using Thorbis.Ledger.Server.Tests.Schedules;

namespace Thorbis.Ledger.Server.Tests.Webhooks;

/// <summary>One value of every type that facts are made of, so that a fact's stored form can be shown and
/// kept.</summary>
internal static class FactSample
{
    private static readonly Dictionary<Type, object> Values = new()
    {
        [typeof(string)] = "text",
        [typeof(int)] = 1,
        [typeof(long)] = 2L,
        [typeof(decimal)] = 0.0050m,
        [typeof(bool)] = true,
        [typeof(Guid)] = new Guid("0192d3a0-0000-7000-8000-000000000001"),
        [typeof(Instant)] = Instant.FromUtc(2026, 3, 10, 12, 0).Plus(Duration.FromMilliseconds(500)),
        [typeof(IsoDayOfWeek)] = IsoDayOfWeek.Monday,
        [typeof(LocalDate)] = new LocalDate(2026, 3, 10),
        [typeof(IReadOnlyDictionary<string, string>)] = new Dictionary<string,
            string>
        { ["mp3"] = "https://files.example/1" },
        [typeof(IReadOnlyList<StatementDestination>)] = new StatementDestination[]
        {
            new MailDestination(new Guid("0192d3a0-0000-7000-8000-000000000002")), new FolderDestination("books/2026"),
            new S3Destination("acme-books", "ledger", "eu-central-1"),
        },
        [typeof(Schedule)] = SchedulePlans.Every,
    };

    private static readonly NullabilityInfoContext Nullability = new();

    /// <param name="bare">With null for all that may be.</param>
    public static object Of(Type type, bool bare = false)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Values.TryGetValue(type, out var value))
        {
            return value;
        }
        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(0)!;
        }
        return type.IsGenericType ? ListOf(type.GetGenericArguments()[0], bare) : Record(KindsOf(type)[0], bare);
    }

    /// <summary>One of every kind, where there are several.</summary>
    public static Array ListOf(Type item, bool bare = false)
    {
        object[] values = item.IsAbstract ? [.. KindsOf(item).Select(kind => Of(kind, bare))] : [Of(item, bare)];
        var list = Array.CreateInstance(item, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    /// <summary>In the order of their declaration; a type of which there is only one is its own.</summary>
    private static IReadOnlyList<Type> KindsOf(Type type) => type.IsAbstract
        ? [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType)]
        : [type];

    private static object Record(Type type, bool bare)
    {
        var parameters = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();
        var record = Activator.CreateInstance(type, [.. parameters.Select(p =>
            bare && MayBeNull(Nullability.Create(p)) ? null : Of(p.ParameterType, bare))])!;
        foreach (var field in InitOnly(type))
        {
            field.SetValue(record, bare && MayBeNull(Nullability.Create(field)) ? null : Of(field.PropertyType, bare));
        }
        return record;
    }

    /// <summary>What facts have beside the parameters of their constructors.</summary>
    internal static IEnumerable<PropertyInfo> InitOnly(Type type)
    {
        var parameters = type.GetConstructors()[0].GetParameters().Select(parameter => parameter.Name);
        return type.GetProperties().Where(property => property.CanWrite && typeof(Fact).IsAssignableFrom(type)
            && property.Name != nameof(Fact.Revision) && !parameters.Contains(property.Name));
    }

    internal static bool MayBeNull(NullabilityInfo info) => info.ReadState == NullabilityState.Nullable;
}
