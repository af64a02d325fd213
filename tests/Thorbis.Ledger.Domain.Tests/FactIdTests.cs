using Xunit;

namespace Thorbis.Ledger.Domain.Tests;

public sealed class FactIdTests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    private static readonly Guid Url = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    [Fact]
    public void The_vector_of_RFC_9562_appendix_A4_comes_out() =>
        Assert.Equal(new("2ed6657d-e927-568b-95e1-2665a8aea6a2"), FactId.Version5(Dns, "www.example.com"));

    [Theory]
    [InlineData("python.org", "886313e1-3b8a-5372-9b90-0c9aee199e5d")] // Python's documentation of uuid.uuid5
    [InlineData("www.widgets.com", "21f7f8de-8051-5b89-8680-0195ef798b6a")] // tests of Boost.Uuid
    public void Published_names_in_the_DNS_space_come_out(string name, string id) =>
        Assert.Equal(new(id), FactId.Version5(Dns, name));

    [Fact]
    public void Another_name_space_gives_another_id() =>
        Assert.NotEqual(FactId.Version5(Dns, "www.example.com"), FactId.Version5(Url, "www.example.com"));

    [Fact]
    public void The_same_fact_always_gets_the_same_id() => Assert.Equal(Sample(), Sample());

    [Theory]
    [InlineData("other", "event", "call_cost", "item", 0)]
    [InlineData("company", "other", "call_cost", "item", 0)]
    [InlineData("company", "event", "other", "item", 0)]
    [InlineData("company", "event", "call_cost", "other", 0)]
    [InlineData("company", "event", "call_cost", "item", 1)]
    [InlineData("companyevent", "", "call_cost", "item", 0)]
    public void Every_part_makes_a_different_id(string company, string id, string fact, string item, int revision) =>
        Assert.NotEqual(Sample(), FactId.For(company, id, fact, item, revision));

    private static Guid Sample() => FactId.For("company", "event", "call_cost", "item", 0);
}
