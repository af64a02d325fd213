using System.Net.Sockets;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Mail;
using Thorbis.Ledger.Simulator.Traffic;

namespace Thorbis.Ledger.Simulator.Demo;

/// <summary>Takes the e-mails that the demonstration's ledger sends, and gives it a reason to send some.</summary>
internal static class DemoMail
{
    private const string Folder = ".local/mail";

    /// <summary>Null where the port is in use: then the e-mails go there.</summary>
    public static SmtpSink? Start(int port, TextWriter output)
    {
        try
        {
            var sink = SmtpSink.Start(port, Folder, mail => output.WriteLine(
                $"E-mail to {string.Join(", ", mail.To)}: {mail.Header("Subject")}"));
            output.WriteLine($"E-mails are taken at 127.0.0.1:{port} and written to {Folder}.");
            return sink;
        }
        catch (SocketException)
        {
            output.WriteLine($"Port {port} is in use: e-mails go to whatever listens there.");
            return null;
        }
    }

    /// <summary>A budget of the first company's that its traffic crosses within the month.</summary>
    public static async Task EnsureBudgetAsync(LedgerSession owner, SimulatedCompany company, CancellationToken stop)
    {
        if ((await owner.GetAsync("/api/v1/budgets", stop)).OrThrow().Items is [_, ..])
        {
            return;
        }
        (await owner.PostAsync("/api/v1/budgets", new
        {
            name = "Carrier, whole company",
            source = "carrier",
            limit = 100m,
            currency = "USD",
            thresholds = (int[])[50, 80, 100],
            forecastAlert = true,
            recipients = (string[])[DemoCompanies.Email(company, "billing")],
        }, stop)).OrThrow();
    }
}
