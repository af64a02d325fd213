using NodaTime;
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

    public static object Of(Type type)
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
        return type.IsGenericType ? ListOf(type.GetGenericArguments()[0]) : Record(type);
    }

    private static Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, 1);
        list.SetValue(Of(item), 0);
        return list;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType))]);
    }
}
