using Thorbis.Ledger.Domain.Companies;
using Thorbis.Ledger.Server.Settings;
using Xunit;

namespace Thorbis.Ledger.Server.Tests.Access;

[Collection<LedgerTests>]
public sealed class SignInTests(LedgerHost ledger)
{
    [Fact]
    public async Task A_member_signs_in_and_sees_company_and_role()
    {
        var company = await ledger.CompanyAsync();
        var (userId, email) = await ledger.AddMemberAsync(company, Role.Billing);
        var browser = ledger.Anonymous();

        await browser.SignInAsync(email, LedgerHost.Password);

        var session = (await browser.GetAsync("session")).Is(200);
        Assert.Equal((userId, email, company, "billing"),
            (session.Text("userId"), session.Text("email"), session.Text("company"), session.Text("role")));
        Assert.Equal(company, session.Body.GetProperty("companies")[0].GetProperty("companyId").GetString());
    }

    [Fact]
    public async Task The_session_cookie_cannot_be_read_by_scripts_or_sent_by_other_sites()
    {
        var answer = await ledger.Anonymous().SignInAsync(Development.OperatorEmail, Development.OperatorPassword);

        var cookie = answer.Headers.GetValues("Set-Cookie")
            .Single(set => set.StartsWith("ledger=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_answer()
    {
        var (_, email) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Member);

        var unknown = await ledger.Anonymous().SignInAsync("nobody@example.com", "wrong password");
        var wrong = await ledger.Anonymous().SignInAsync(email, "wrong password");

        unknown.IsProblem(401, "sign-in-refused");
        wrong.IsProblem(401, "sign-in-refused");
        Assert.Equal(unknown.Text("detail"), wrong.Text("detail"));
    }

    [Fact]
    public async Task Five_wrong_passwords_close_the_account_to_the_right_one_too()
    {
        var (_, email) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Member);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ledger.Anonymous().SignInAsync(email, "wrong password")));

        var right = await ledger.Anonymous().SignInAsync(email, LedgerHost.Password);

        right.IsProblem(401, "sign-in-refused");
    }

    [Fact]
    public async Task Four_wrong_passwords_do_not_close_the_account()
    {
        var (_, email) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Member);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.Anonymous().SignInAsync(email, "wrong password")));

        (await ledger.Anonymous().SignInAsync(email, LedgerHost.Password)).Is(200);
    }

    [Fact]
    public async Task Sign_ins_and_refusals_are_on_the_companys_record()
    {
        var company = await ledger.CompanyAsync();
        var (userId, email) = await ledger.AddMemberAsync(company, Role.Member);
        await ledger.Anonymous().SignInAsync(email, "wrong password");
        await ledger.Anonymous().SignInAsync(email, LedgerHost.Password);

        var record = await ledger.RowsAsync(
            "select action || ' ' || actor from platform.access_log where tenant_id = $1 order by access_id", company);

        Assert.Equal(["sign-in.refused user:" + userId, "sign-in.accepted user:" + userId], record[^2..]);
    }

    [Fact]
    public async Task A_change_by_cookie_without_the_antiforgery_header_is_refused()
    {
        var browser = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var token = browser.AntiforgeryToken;

        browser.AntiforgeryToken = null;
        (await browser.PostAsync("api-keys", new { name = "x", role = "member" })).IsProblem(403, "antiforgery");
        browser.AntiforgeryToken = token;
        (await browser.PostAsync("api-keys", new { name = "x", role = "member" })).Is(201);
    }

    [Fact]
    public async Task Another_users_antiforgery_token_is_refused()
    {
        var company = await ledger.CompanyAsync();
        var browser = await ledger.MemberAsync(company, Role.Owner);
        browser.AntiforgeryToken = (await ledger.MemberAsync(company, Role.Owner)).AntiforgeryToken;

        (await browser.PostAsync("api-keys", new { name = "x", role = "member" })).IsProblem(403, "antiforgery");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var browser = await ledger.MemberAsync(await ledger.CompanyAsync(), Role.Member);

        (await browser.PostAsync("sign-out")).Is(204);

        (await browser.GetAsync("session")).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_member_of_two_companies_chooses_the_one_to_act_in()
    {
        var (first, second) = (await ledger.CompanyAsync(), await ledger.CompanyAsync());
        var (_, email) = await ledger.AddMemberAsync(first, Role.Owner);
        var op = await ledger.OperatorAsync();
        (await op.PostAsync($"operator/companies/{second}/members", new { email, role = "auditor" })).Is(201);
        var browser = ledger.Anonymous();
        await browser.SignInAsync(email, LedgerHost.Password, first);

        (await browser.PostAsync("session/company", new { company = second })).Is(200);

        var session = (await browser.GetAsync("session")).Is(200);
        Assert.Equal((second, "auditor"), (session.Text("company"), session.Text("role")));
        (await browser.PostAsync("api-keys", new { name = "x", role = "member" })).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Nobody_acts_in_a_company_he_does_not_belong_to()
    {
        var foreign = await ledger.CompanyAsync();
        var (_, email) = await ledger.AddMemberAsync(await ledger.CompanyAsync(), Role.Owner);
        var browser = ledger.Anonymous();

        (await browser.SignInAsync(email, LedgerHost.Password, foreign)).IsProblem(422, "invalid");
        (await browser.SignInAsync(email, LedgerHost.Password)).Is(200);
        (await browser.PostAsync("session/company", new { company = foreign })).IsProblem(422, "invalid");
    }
}
