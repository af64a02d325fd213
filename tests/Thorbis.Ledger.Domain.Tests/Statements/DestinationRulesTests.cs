using NodaTime;
using Thorbis.Ledger.Domain.Statements;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Statements;

public sealed class DestinationRulesTests
{
    private static readonly DestinationOffer Everything = new(true, ["books"]);
    private static readonly DestinationOffer Nothing = new(false, []);

    [Theory, Table("""
        path          taken
        -             true     # The company's own folder.
        books         true
        books/2026    true
        a.b_c-D9      true
        ..            false
        a/../b        false
        a/..          false
        .hidden       false
        a/.b          false
        /etc          false
        a/            false
        a//b          false
        a\b           false
        a%2fb         false
        ä             false
        """)]
    public void A_path_leads_nowhere_but_below(string? path, bool taken)
    {
        Assert.Equal(taken ? null : "destinations[0].path", Field(Everything, new FolderDestination(path ?? "")));
        Assert.Equal(
            taken ? null : "destinations[0].prefix",
            Field(Everything, new S3Destination("books", path ?? "", "eu-west-1")));
    }

    [Fact]
    public void A_path_has_at_most_200_characters()
    {
        Assert.Null(Field(Everything, new FolderDestination(new string('a', 200))));
        Assert.Equal("destinations[0].path", Field(Everything, new FolderDestination(new string('a', 201))));
    }

    [Theory, Table("""
        region           taken
        eu-central-1     true
        us-gov-west-1    true
        -                false
        -eu              false
        eu.example       false
        eu/x             false
        EU-WEST-1        false
        """)]
    public void A_region_is_no_host_of_somebody_elses(string? region, bool taken) =>
        Assert.Equal(
            taken ? null : "destinations[0].region",
            Field(Everything, new S3Destination("books", "", region ?? "")));

    [Fact]
    public void What_the_operator_does_not_offer_is_refused_and_a_mailbox_never_is()
    {
        var mail = new MailDestination(Guid.Empty);

        Assert.Equal("destinations[1]", Field(Nothing, mail, new FolderDestination("a")));
        Assert.Equal("destinations[1].bucket", Field(Nothing, mail, new S3Destination("books", "", "eu-west-1")));
        Assert.Null(Field(Nothing, mail));
    }

    [Fact]
    public void A_company_has_at_most_20_and_none_twice()
    {
        var twenty = Enumerable.Range(0, 20).Select(i => new FolderDestination($"a{i}"))
            .ToArray<StatementDestination>();

        Assert.Null(Field(Everything, twenty));
        Assert.Equal("destinations", Field(Everything, [.. twenty, new FolderDestination("b")]));
        Assert.Equal("destinations[1]", Field(Everything, new FolderDestination("a"), new FolderDestination("a")));
    }

    [Fact]
    public void No_company_names_a_file_of_anothers()
    {
        Assert.Equal("acme/books/statement-2026-10.csv", DestinationRules.FileOf(new("books"), "acme", "2026-10"));
        Assert.Equal("acme/statement-2026-10.csv", DestinationRules.FileOf(new(""), "acme", "2026-10"));
        Assert.Equal(
            "other/acme/statement-2026-10.csv", DestinationRules.KeyOf(new("b", "other", "r"), "acme", "2026-10"));
        Assert.Equal("acme/statement-2026-10.csv", DestinationRules.KeyOf(new("b", "", "r"), "acme", "2026-10"));
    }

    [Fact]
    public void The_same_rules_again_record_nothing_new()
    {
        StatementRulesSet Rules(string by, params StatementDestination[] destinations) =>
            new(Instant.FromUtc(2026, 1, 1, 0, 0), false, 3, by, null, destinations);
        var present = Rules("ana", new FolderDestination("a"));

        var again = StatementDecider.SetRules(present, Rules("bob", new FolderDestination("a")), Everything);
        var other = StatementDecider.SetRules(present, Rules("bob", new FolderDestination("b")), Everything);

        Assert.Empty(Assert.IsType<Accepted<StatementFact>>(again).Facts);
        Assert.Single(Assert.IsType<Accepted<StatementFact>>(other).Facts);
    }

    private static string? Field(DestinationOffer offer, params StatementDestination[] destinations) =>
        DestinationRules.Refuse(destinations, offer)?.Field;
}
