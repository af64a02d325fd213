using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests;

/// <summary>What the compiler does not check: how long things may be, and what may be named where.</summary>
public sealed partial class TidyTests
{
    private const int MethodLines = 60;
    private const int FileLines = 300;
    private const int Columns = 120;

    private static readonly string Root = RootOf();

    // What git ignores (bin, obj, .local, generated code) and what dotnet-ef writes is nobody's handwriting.
    private static readonly string[] Ignored = ["bin", "obj", "Internal", "artifacts", "TestResults", "Migrations"];

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        AssertNone(Code().Where(file => file.Lines.Length > FileLines)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void No_line_is_longer_than_120_columns() =>
        AssertNone(Code().SelectMany(file => file.Lines.Index()
            .Where(line => line.Item.Length > Columns)
            .Select(line => $"{file.Path}({line.Index + 1}): {line.Item.Length} columns")));

    [Fact]
    public void No_method_is_longer_than_60_lines() =>
        AssertNone(Code().SelectMany(file => TooLong(file.Path, string.Join('\n', file.Lines))));

    [Fact]
    public void The_domain_references_NodaTime_and_nothing_else()
    {
        var project = XDocument.Load(Path.Combine(Root, "src/Thorbis.Ledger.Domain/Thorbis.Ledger.Domain.csproj"));

        string[] referenceTypes = ["PackageReference", "ProjectReference", "FrameworkReference", "Reference"];
        var references = project.Descendants().Where(item => referenceTypes.Contains(item.Name.LocalName));

        Assert.Equal(["NodaTime"], references.Select(item => item.Attribute("Include")?.Value));
    }

    [Fact]
    public void No_file_names_a_path_of_the_machine_it_was_written_on() =>
        AssertNone(Files("*").SelectMany(file => file.Lines.Index()
            .Where(line => MachinePath().IsMatch(line.Item))
            .Select(line => $"{file.Path}({line.Index + 1}): {line.Item.Trim()}")));

    [Fact]
    public void A_method_of_61_lines_is_found()
    {
        var body = string.Concat(Enumerable.Repeat("x();\n", MethodLines - 3));

        Assert.Empty(TooLong("short.cs", $"class C {{\nvoid M()\n{{\n{body}}}\n}}"));
        Assert.Equal(["long.cs: M has 61 lines"], TooLong("long.cs", $"class C {{\nvoid M()\n{{\nx();\n{body}}}\n}}"));
    }

    private static void AssertNone(IEnumerable<string> found)
    {
        // The whole list: xunit's own message would shorten it.
        var list = string.Join('\n', found);
        Assert.True(list.Length == 0, list);
    }

    private static IEnumerable<string> TooLong(string path, string text) =>
        from node in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.SyntaxTree.GetLineSpan(node.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > MethodLines
        select $"{path}: {NameOf(node)} has {lines} lines";

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.GetFirstToken().GetNextToken().Text,
    };

    private static IEnumerable<(string Path, string[] Lines)> Code() => Files("*.cs");

    private static IEnumerable<(string Path, string[] Lines)> Files(string pattern) =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file)
        where !path.Split('/').Intersect(Ignored).Any()
        select (path, File.ReadAllLines(file));

    private static string RootOf()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Thorbis.Ledger.sln")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the checkout.");
    }

    // Home folders and build places; /var/tmp and /usr/lib mean the same on every machine.
    [GeneratedRegex("""(?<![\w.])/(home|root|Users|work|mnt|workspaces?)/\w|[A-Z]:\\+Users\\""")]
    private static partial Regex MachinePath();
}
