using System.Globalization;

namespace Thorbis.Ledger.Simulator;

/// <summary>The words of a command line: values, and options written as <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly List<string> values = [];
    private readonly Dictionary<string, string> options = new(StringComparer.Ordinal);

    /// <param name="known">The names of the options there are, without dashes.</param>
    /// <exception cref="UsageException">An unknown option, or one without its value.</exception>
    public Arguments(ReadOnlySpan<string> words, params string[] known)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                values.Add(words[i]);
                continue;
            }
            var name = words[i][2..];
            if (!known.Contains(name))
            {
                throw new UsageException($"There is no option --{name} here.");
            }
            options[name] = ++i < words.Length ? words[i] : throw new UsageException($"--{name} needs a value.");
        }
    }

    /// <summary>The one value.</summary>
    /// <param name="what">What it is, for the message when it is missing.</param>
    public string Single(string what) =>
        values is [var value] ? value : throw new UsageException($"Exactly one {what} is needed.");

    public void NoValues()
    {
        if (values is [var first, ..])
        {
            throw new UsageException($"\"{first}\" means nothing here.");
        }
    }

    public Uri Url(string name, string otherwise) =>
        Uri.TryCreate(options.GetValueOrDefault(name, otherwise), UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException($"--{name} needs an http address, such as {otherwise}.");

    public int Number(string name, int otherwise, int min, int max) =>
        options.TryGetValue(name, out var text) ? Number($"--{name}", text, min, max) : otherwise;

    /// <exception cref="UsageException">Not a whole number, or out of the bounds, which are inclusive.</exception>
    public static int Number(string what, string text, int min, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : throw new UsageException($"{what} needs a whole number from {min} to {max}.");

    public ulong? Seed() => options.TryGetValue("seed", out var text)
        ? ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new UsageException("--seed needs a whole number.")
        : null;
}

/// <summary>The command line asks for something that does not exist.</summary>
internal sealed class UsageException(string message) : Exception(message);
