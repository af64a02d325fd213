using NodaTime;
using NodaTime.Text;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Customers;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Customers;

public sealed class CustomerDeciderTests
{
    private const string Party = "+442071838750";
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];
    private static readonly Customer Acme = new("Acme", []);

    [Theory, Table("""
        id                 taken
        ACME-17            true
        7                  true
        a.b_c-d            true
        -                  false
        -17                false  # Begins with a letter or digit.
        .hidden            false
        ACME 17            false
        ACME/17            false  # It is a part of a path.
        ÄCME               false
        """)]
    public void An_id_is_letters_digits_and_three_signs(string? id, bool taken) =>
        Assert.Equal(taken, CustomerDecider.IsId(id));

    [Fact]
    public void An_id_has_64_characters_at_most() =>
        Assert.Equal((true, false), (
            CustomerDecider.IsId(new('a', CustomerDecider.IdLengthMax)),
            CustomerDecider.IsId(new('a', CustomerDecider.IdLengthMax + 1))));

    [Fact]
    public void A_name_is_recorded_with_who_gave_it_and_why_and_the_same_again_records_nothing()
    {
        Assert.Equal(
            [new CustomerNamed("ACME-17", Now, "Acme", "user:ana", "new")],
            Facts(CustomerDecider.Name(null, "ACME-17", "Acme", "user:ana", "new", Now)));
        Assert.Single(Facts(CustomerDecider.Name("Acme", "ACME-17", "Acme Ltd", "user:ana", null, Now)));
        Assert.Empty(Facts(CustomerDecider.Name("Acme", "ACME-17", "Acme", "user:ana", "again", Now)));
    }

    [Theory]
    [InlineData("A 7", "Acme", null, "customerId")]
    [InlineData("A-7", "", null, "name")]
    [InlineData("A-7", " Acme", null, "name")]
    [InlineData("A-7", "Acme\nLtd", null, "name")]
    [InlineData("A-7", 201, null, "name")]
    [InlineData("A-7", "Acme", 501, "reason")]
    public void What_is_no_name_is_refused_by_its_field(string id, object name, int? reason, string field) =>
        Assert.Equal(field, Field(CustomerDecider.Name(
            null, id, name as string ?? new('n', (int)name), "user:ana", reason is { } length ? new('r', length) : null,
            Now)));

    [Theory, Table("""
        links                            day         link              unlink
        none                             2026-03-10  A                 nothing
        2026-01-01=A                     2026-03-10  nothing           none
        2026-01-01=B                     2026-03-10  A                 party-elsewhere  # It moves, but is not taken.
        2026-01-01=B,2026-03-10=A        2026-03-10  nothing           none
        2026-01-01=B,2026-03-11=A        2026-03-10  A                 party-elsewhere  # What comes later comes later.
        2026-01-01=A,2026-03-01=         2026-03-10  A                 nothing
        2026-01-01=A,2026-03-01=         2026-02-28  nothing           none
        2026-01-01=A,2026-03-01=B        2026-02-28  nothing           none
        """)]
    public void A_party_is_linked_and_taken_by_whose_it_is_on_the_day(
        string links, string day, string link, string unlink)
    {
        var said = On(day);

        Assert.Equal(link, Text(CustomerDecider.Link(Links(links), 1, "A", Party, said)));
        Assert.Equal(unlink, Text(CustomerDecider.Unlink(Links(links), "A", Party, said)));
    }

    [Fact]
    public void A_link_is_recorded_with_its_day_and_zone_and_who_said_it() =>
        Assert.Equal(
            [new PartyLinked("A", Now, Party, new(2026, 3, 1), "America/New_York", "user:ana", "contract")],
            Facts(CustomerDecider.Link([], 0, "A", Party, On("2026-03-01"))));

    [Theory]
    [InlineData("12025550133", "2026-03-10", "party")]
    [InlineData("anonymous", "2026-03-10", "party")]
    [InlineData(Party, "2008-12-31", "from")]
    [InlineData(Party, "2036-03-19", "from")]
    public void What_is_no_link_is_refused_by_its_field(string party, string day, string field)
    {
        Assert.Equal(field, Field(CustomerDecider.Link([], 0, "A", party, On(day))));
        Assert.Equal(field, Field(CustomerDecider.Unlink([], "A", party, On(day))));
    }

    [Fact]
    public void A_link_begins_in_2009_or_within_ten_years() =>
        Assert.All(["2009-01-01", "2036-03-17"], day => Assert.Single(
            Facts(CustomerDecider.Link([], 0, "A", Party, On(day)))));

    [Fact]
    public void A_customer_with_all_the_parties_it_may_have_gets_none_it_has_not_had()
    {
        Assert.Single(Facts(CustomerDecider.Link([], CustomerDecider.PartiesMax - 1, "A", Party, On("2026-03-10"))));
        Assert.Equal("too-many-parties", Text(
            CustomerDecider.Link([], CustomerDecider.PartiesMax, "A", Party, On("2026-03-10"))));
        Assert.Single(Facts(CustomerDecider.Link(
            Links("2026-01-01=A,2026-02-01="), CustomerDecider.PartiesMax, "A", Party, On("2026-03-10"))));
    }

    [Fact]
    public void A_cost_centre_is_recorded_and_said_again_records_nothing()
    {
        var assigned = new CustomerCentreAssigned(
            "A", Now, new(2026, 3, 1), "America/New_York", "sales", "user:ana", "contract");

        Assert.Equal([assigned], Facts(CustomerDecider.Assign(Acme, "A", "sales", On("2026-03-01"))));
        var after = Customer.Evolve(Acme, assigned)!;
        Assert.Equal([new CentreFrom(new(2026, 3, 1), "sales", Now)], after.Centres);
        Assert.Empty(Facts(CustomerDecider.Assign(after, "A", "sales", On("2026-03-01"))));
        Assert.Single(Facts(CustomerDecider.Assign(after, "A", "", On("2026-03-01"))));
        Assert.Equal("costCentre", Field(CustomerDecider.Assign(Acme, "A", " sales", On("2026-03-01"))));
    }

    [Fact]
    public void A_renamed_customer_keeps_its_cost_centres()
    {
        var centre = new CentreFrom(new(2026, 3, 1), "sales", Now);

        var after = Customer.Evolve(new("Acme", [centre]), new CustomerNamed("A", Now, "Acme Ltd", "user:ana", null));

        Assert.Equal(("Acme Ltd", centre), (after!.Name, Assert.Single(after.Centres)));
    }

    private static Said On(string day) =>
        new(LocalDatePattern.Iso.Parse(day).Value, Zone, "user:ana", "contract", Now);

    private static List<PartyLink> Links(string text) => text == "none" ? []
        : [.. text.Split(',').Select(link => link.Split('=')).Select(link =>
            new PartyLink(LocalDatePattern.Iso.Parse(link[0]).Value, link[1]))];

    /// <summary>Whose it becomes, that nothing is recorded, or why not.</summary>
    private static string Text(Decision<CustomerFact> decision) => decision switch
    {
        Refused<CustomerFact> refused => refused.Why.Code,
        Accepted<CustomerFact> { Facts: [PartyLinked linked] } => linked.CustomerId,
        Accepted<CustomerFact> { Facts: [PartyUnlinked] } => "none",
        _ => "nothing",
    };

    private static IReadOnlyList<CustomerFact> Facts(Decision<CustomerFact> decision) =>
        Assert.IsType<Accepted<CustomerFact>>(decision).Facts;

    private static string? Field(Decision<CustomerFact> decision) =>
        Assert.IsType<Refused<CustomerFact>>(decision).Why.Field;
}
