using System.Globalization;

namespace Thorbis.Ledger.Benchmarks;

/// <summary>What to measure, and with how much. The defaults are the sizes that the figures are stated for.</summary>
internal sealed record Ask
{
    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>Of a burst, on each side and in each round.</summary>
    public int Webhooks { get; private init; } = 60_000;

    /// <summary>Bursts on each side, alternately.</summary>
    public int Rounds { get; private init; } = 2;

    /// <summary>How long the pipeline is fed.</summary>
    public int Seconds { get; private init; } = 60;

    public int Connections { get; private init; } = 64;

    /// <summary>In the ledger that is rebuilt.</summary>
    public int Facts { get; private init; } = 1_000_000;

    /// <summary>Calls and messages whose usage is asked; also the rows of the CSV file.</summary>
    public int Communications { get; private init; } = 1_000_000;

    /// <summary>Facts of the small and the big ledger of <c>growth</c>.</summary>
    public int Small { get; private init; } = 500_000;

    /// <inheritdoc cref="Small"/>
    public int Big { get; private init; } = 10_000_000;

    /// <exception cref="ArgumentException">An unknown bench or option, or no number after one.</exception>
    public static Ask Of(string[] words, IReadOnlyList<string> known)
    {
        var (ask, names) = (new Ask(), new List<string>());
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith("--", StringComparison.Ordinal))
            {
                ask = ask.With(words[i], i + 1 < words.Length ? words[++i] : "");
            }
            else
            {
                names.Add(known.Contains(words[i]) ? words[i]
                    : throw new ArgumentException($"There is no bench {words[i]}: {string.Join(", ", known)}."));
            }
        }
        return ask with { Names = names };
    }

    private Ask With(string option, string text)
    {
        var number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? given
            : throw new ArgumentException($"{option} needs a whole number above 0.");
        return option switch
        {
            "--webhooks" => this with { Webhooks = number },
            "--rounds" => this with { Rounds = number },
            "--seconds" => this with { Seconds = number },
            "--connections" => this with { Connections = number },
            "--facts" => this with { Facts = number },
            "--communications" => this with { Communications = number },
            "--small" => this with { Small = number },
            "--big" => this with { Big = number },
            _ => throw new ArgumentException($"There is no option {option}."),
        };
    }
}
