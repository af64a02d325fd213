using System.Globalization;
using CsCheck;
using NodaTime;
using Thorbis.Ledger.Domain.Billing;
using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Domain.Customers;
using Thorbis.Ledger.Domain.Routing;
using Xunit;

namespace Thorbis.Ledger.Domain.Tests.Billing;

public sealed class CentreBookTests
{
    private static readonly Instant Start = Calls.Script.Start;

    private static readonly Gen<CentreEntry[]> Entries = Gen.Select(
        Gen.Enum<CentreSubject>(), Gen.OneOf("a", "b"), Gen.Int[0, 4], Gen.OneOf("", "a", "b")).Array[0, 12]
        .Select(said => said.Select((e, i) => new CentreEntry(
            (i * 2) + 1, e.Item1, e.Item2, Start + Duration.FromDays(e.Item3), e.Item4)).ToArray());

    private static readonly Gen<(string? Number, string? Party, Instant At, long Known)> Questions = Gen.Select(
        Gen.OneOf<string?>(null, "a", "b"), Gen.OneOf<string?>(null, "a", "b"), Gen.Int[-1, 5], Gen.Long[0, 26]).Select(
        asked => (asked.Item1, asked.Item2, Start + Duration.FromDays(asked.Item3), asked.Item4));

    /// <summary>Each word is <c>place:subject:key=value@day</c>; of a number N, a customer C, a party P, a member M or
    /// his phones T.</summary>
    [Theory, Table("""
        said                                     number  party  day  known  centre
        none                                     n       p      1    9      -
        1:N:n=sales@0                            n       p      1    9      sales
        1:N:n=sales@0                            m       p      1    9      -
        1:N:n=sales@0                            n       p      -1   9      -      # Before its day.
        1:N:n=sales@0                            n       p      0    9      sales  # Its first instant.
        5:N:n=sales@0                            n       p      1    4      -      # Not known yet.
        5:N:n=sales@0                            n       p      1    5      sales
        1:N:n=sales@0 2:N:n=@2                   n       p      2    9      -      # To none, from a day on.
        1:N:n=sales@2 2:N:n=depot@1              n       p      2    9      sales  # Begins last, though said first.
        1:N:n=sales@1 2:N:n=depot@1              n       p      1    9      depot  # Said last.
        1:P:p=c@0 2:C:c=acme@0 3:N:n=sales@0     n       p      1    9      acme   # The customer's before the number's.
        1:P:p=c@0 2:C:c=acme@0 3:N:n=sales@0     n       q      1    9      sales
        1:P:p=c@0 2:C:c=acme@0                   -       p      1    9      acme   # Of no number that is known.
        1:P:p=c@0 3:N:n=sales@0                  n       p      1    9      sales  # The customer has none.
        1:P:p=c@0 2:C:c=@0 3:N:n=sales@0         n       p      1    9      sales  # To none of its own.
        1:P:p=c@1 2:C:c=acme@0 3:N:n=sales@0     n       p      0    9      sales  # Not its party yet.
        1:P:p=c@0 2:C:c=acme@1 3:N:n=sales@0     n       p      0    9      sales  # Not its cost centre yet.
        1:P:p=c@0 2:C:c=acme@0 3:P:p=@2          n       p      2    9      -      # Its party no more.
        1:P:p=c@0 2:C:c=acme@0 3:P:p=d@2         n       p      1    9      acme   # Another's later.
        1:P:p=c@0 2:C:c=acme@0 7:C:c=plus@0      n       p      1    6      acme
        1:T:m=p@0 2:M:m=ann@0 3:N:n=sales@0      n       p      1    9      ann    # A member's before the number's.
        1:T:m=n@0 2:M:m=ann@0 3:N:n=sales@0      n       q      1    9      ann    # The number is his phone.
        1:T:m=p+q@0 2:M:m=ann@0                  n       Q      1    9      ann    # One of several, however written.
        1:T:m=p@0 2:M:m=ann@0 3:P:p=c@0 4:C:c=a@0  n     p      1    9      a      # The customer's before a member's.
        1:T:m=p@0 2:T:o=n@0 3:M:m=ann@0 4:M:o=bo@0  n    p      1    9      ann    # The party's before the number's.
        1:T:m=p@0 2:M:m=@0 3:N:n=sales@0         n       p      1    9      sales  # To none of his own.
        1:T:m=p@1 2:M:m=ann@0 3:N:n=sales@0      n       p      0    9      sales  # Not his phone yet.
        1:T:m=p@0 2:M:m=ann@0 3:T:m=q@2          n       p      2    9      -      # His phone no more.
        1:T:m=p@0 2:M:m=ann@0 3:T:m=q@2          n       p      1    9      ann
        1:T:m=p@0 2:T:o=p@1 3:M:m=ann@0 4:M:o=bo@0  n    p      1    9      bo     # Shared: whose terms begin last.
        1:T:m=p@0 2:T:o=p@0 3:M:m=ann@0 4:M:o=bo@0  n    p      1    9      bo     # Shared: who was given it last.
        1:T:m=p@0 2:T:o=p@1 3:M:m=ann@0          n       p      1    9      -      # Shared: the other has none.
        1:T:m=p@0 7:M:m=ann@0                    n       p      1    6      -      # Not known yet.
        """)]
    public void A_cost_centre_is_the_customers_else_the_numbers_as_it_was_known(
        string said, string? number, string? party, int day, long known, string? centre)
    {
        var book = Book(said == "none" ? [] : said.Split(' ').Select(Entry));

        Assert.Equal(centre ?? "", book.Of(number, party, Start + Duration.FromDays(day), known));
    }

    [Fact]
    public void A_book_answers_as_one_who_looks_everything_through() =>
        Gen.Select(Entries, Questions).Sample((entries, asked) =>
        {
            string Last(CentreSubject subject, string? key) => entries
                .Where(e => e.Subject == subject && e.Key == key && e.Sequence <= asked.Known && e.From <= asked.At)
                .OrderBy(e => e.From).ThenBy(e => e.Sequence).LastOrDefault()?.Value ?? "";
            string OfMember(string? phone) => new[] { "a", "b" }
                .Where(member => phone is not null && Last(CentreSubject.Phones, member) == phone)
                .MaxBy(member => entries.Where(e => (e.Subject, e.Key) == (CentreSubject.Phones, member)
                    && e.Sequence <= asked.Known && e.From <= asked.At).Max(e => (e.From, e.Sequence))) is { } member
                    ? Last(CentreSubject.Member, member) : "";
            var expected = new[]
            {
                Last(CentreSubject.Customer, Last(CentreSubject.Party, asked.Party)), OfMember(asked.Party),
                OfMember(asked.Number), Last(CentreSubject.Number, asked.Number),
            }.FirstOrDefault(centre => centre.Length > 0, "");
            return Book(entries).Of(asked.Number, asked.Party, asked.At, asked.Known) == expected;
        });

    [Fact]
    public void What_is_said_later_or_told_again_changes_no_answer() =>
        Gen.Select(Entries, Questions).Sample((entries, asked) =>
        {
            var (before, all) = (Book(entries.Where(e => e.Sequence <= asked.Known)), Book(entries));
            Array.ForEach(entries, all.Learn);
            return before.Of(asked.Number, asked.Party, asked.At, asked.Known)
                == all.Of(asked.Number, asked.Party, asked.At, asked.Known);
        });

    [Fact]
    public void A_fact_is_an_entry_from_the_first_instant_of_its_day()
    {
        var day = new LocalDate(2026, 3, 8);
        const string zone = "America/New_York";
        var from = Instant.FromUtc(2026, 3, 8, 5, 0);

        Assert.Equal(
            [
                new(7, CentreSubject.Number, "+12025550100", from, "sales"),
                new(7, CentreSubject.Customer, "ACME-17", from, "acme"),
                new(7, CentreSubject.Party, "+442071838750", from, "ACME-17"),
                new(7, CentreSubject.Party, "+442071838750", from, ""),
                new(7, CentreSubject.Member, "ann", from, "east"),
                new(7, CentreSubject.Phones, "ann", Start, "+12025550100\nsip:ann@pbx.example.com"),
                new(7, CentreSubject.Phones, "ann", Start, ""),
                null,
            ],
            new Fact[]
            {
                new CostCentreAssigned("+12025550100", Start, day, zone, "sales", "user:ana", null),
                new CustomerCentreAssigned("ACME-17", Start, day, zone, "acme", "user:ana", null),
                new PartyLinked("ACME-17", Start, "+442071838750", day, zone, "user:ana", null),
                new PartyUnlinked("ACME-17", Start, "+442071838750", day, zone, "user:ana", null),
                new MemberCentreAssigned("ann", Start, day, zone, "east", "user:ana", null),
                new TeamTermsSet("ann", new(null, 1, ["+12025550100", "sip:ann@pbx.example.com"]))
                {
                    EffectiveAt = Start,
                },
                new TeamTermsSet("ann", TeamTerms.Default) { EffectiveAt = Start },
                new CustomerNamed("ACME-17", Start, "Acme", "user:ana", null),
            }.Select(fact => CentreEntry.Of(7, fact)));
    }

    [Theory, Table("""
        billed                                                          lines
        in@0/X>N answer@2 hangup@62                                     d call_in acme
        out@0/N>X answer@2 hangup@62                                    d call_out acme
        in@0/Y>N answer@2 hangup@62                                     d call_in desk
        in@0/X>N answer@2 b:out@3 b:answer@5 hangup@62 b:hangup@62      d call_in acme, d call_out acme
        in@0/Y>N answer@2 b:out@3/N>X b:answer@5 hangup@62 b:hangup@62  d call_in desk, d call_out desk
        received@1/n=                                                   d sms_in acme
        finalized@1/x=sent/0.01                                         c sms_out acme, d sms_out acme
        finalized@1/y=sent,x=sent                                       d sms_out acme, d sms_out acme
        """)]
    public void Everything_of_a_call_or_message_belongs_where_its_own_party_does(string billed, string lines)
    {
        var tariff = Bill.Default with
        {
            CostCentre = Book(
            [
                new(1, CentreSubject.Number, Calls.Script.Number('N'), Instant.MinValue, "desk"),
                new(2, CentreSubject.Party, Calls.Script.Number('X'), Instant.MinValue, "c"),
                new(3, CentreSubject.Customer, "c", Instant.MinValue, "acme"),
            ]).Of,
        };
        var facts = billed.Contains("hangup", StringComparison.Ordinal)
            ? Calls.Script.Facts(billed).Cast<Fact>() : Messages.Script.Facts(billed);
        var fold = new CostFold(null);

        var charges = facts.SelectMany((fact, i) => fold.Take(new(i + 4, Guid.Empty, fact), tariff))
            .Select(line => line.Charge);

        Assert.Equal(lines, string.Join(", ", charges.Select(charge =>
            $"{(charge.Source == CostSource.Deck ? 'd' : 'c')} {charge.Service} {charge.CostCentre}")
            .Order(StringComparer.Ordinal)));
    }

    private static CentreBook Book(IEnumerable<CentreEntry> entries)
    {
        var book = new CentreBook();
        foreach (var entry in entries)
        {
            book.Learn(entry);
        }
        return book;
    }

    private static CentreEntry Entry(string word)
    {
        var parts = word.Split(':', '=', '@');
        var subject = parts[1] switch
        {
            "N" => CentreSubject.Number,
            "C" => CentreSubject.Customer,
            "M" => CentreSubject.Member,
            "T" => CentreSubject.Phones,
            _ => CentreSubject.Party,
        };
        var day = int.Parse(parts[4], CultureInfo.InvariantCulture);
        return new(
            long.Parse(parts[0], CultureInfo.InvariantCulture), subject, parts[2], Start + Duration.FromDays(day),
            parts[3].Replace('+', '\n'));
    }
}
