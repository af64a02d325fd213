using System.Runtime.InteropServices;
using NodaTime;
using Thorbis.Ledger.Simulator.Api;
using Thorbis.Ledger.Simulator.Demo;
using Thorbis.Ledger.Simulator.Mail;
using Thorbis.Ledger.Simulator.Replay;
using Thorbis.Ledger.Simulator.Send;

namespace Thorbis.Ledger.Simulator;

internal static class Program
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private const int MailPort = 1025;
    private const int Interrupted = 130;
    private const int BadUsage = 64;

    private const string Usage = """
        A Telnyx to develop and measure against.

          replay PATH [--url URL] [--connections N]
              Signs every file under PATH with the development key, posts its bytes unchanged, and tells what became
              of each. Exits 1 when a file met a 5xx or was lost.

          demo [--url URL] [--connections N] [--webhooks N] [--rate N] [--seed N] [--mail-port N]
              Makes three companies, fills the last thirty days with their traffic (or what is missing of them), prints
              how to look around, and goes on with live traffic until Ctrl-C. Takes the ledger's e-mails meanwhile.

          mail [--port N]
              Takes e-mails on the loopback interface (port 1025), shows each, and delivers none.

          send N [--url URL] [--connections N] [--rate N] [--seed N]
              Posts N webhooks of the demonstration's companies, of the hour before last, at a rate a second (0: at
              full speed).

        URL is http://127.0.0.1:5080 unless given; it must run in development, where the development key counts.
        """;

#pragma warning disable RS0030 // The composition root is where the clock comes from.
    private static readonly IClock Clock = SystemClock.Instance;
#pragma warning restore RS0030

    public static async Task<int> Main(string[] words)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(words, stop.Token);
        }
        catch (UsageException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message} --help shows what there is.");
            return BadUsage;
        }
        catch (LedgerRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return words is ["demo" or "mail", ..] ? 0 : Interrupted;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(string[] words, CancellationToken stop)
    {
        switch (words)
        {
            case ["replay", .. var rest]:
                return await ReplayAsync(new Arguments(rest, "url", "connections"), stop);
            case ["demo", .. var rest]:
                await DemoAsync(
                    new Arguments(rest, "url", "connections", "webhooks", "rate", "seed", "mail-port"), stop);
                return 0;
            case ["mail", .. var rest]:
                await MailAsync(new Arguments(rest, "port"), stop);
                return 0;
            case ["send", .. var rest]:
                return await SendAsync(new Arguments(rest, "url", "connections", "rate", "seed"), stop);
            case [] or ["--help" or "-h" or "help", ..]:
                Console.Out.WriteLine(Usage);
                return 0;
            default:
                throw new UsageException($"There is no command {words[0]}.");
        }
    }

    private static Task<int> ReplayAsync(Arguments given, CancellationToken stop) =>
        new ReplayCommand(given.Url("url", DefaultUrl), given.Number("connections", 8, 1, 256), Clock)
            .RunAsync(given.Single("PATH"), stop);

    private static Task DemoAsync(Arguments given, CancellationToken stop)
    {
        given.NoValues();
        var ask = new DemoAsk(
            given.Url("url", DefaultUrl), given.Number("connections", 64, 1, 1024),
            given.Number("webhooks", 52_000, 1, 10_000_000), given.Number("rate", 5, 1, 10_000), given.Seed(),
            given.Number("mail-port", MailPort, 1, 65_535));
        return new DemoCommand(ask, Clock).RunAsync(stop);
    }

    private static async Task MailAsync(Arguments given, CancellationToken stop)
    {
        given.NoValues();
        await using var sink = SmtpSink.Start(
            given.Number("port", MailPort, 1, 65_535),
            told: mail => Console.Out.WriteLine($"To {string.Join(", ", mail.To)}:\n{mail.Text}"));
        await Task.Delay(Timeout.Infinite, stop);
    }

    private static Task<int> SendAsync(Arguments given, CancellationToken stop)
    {
        var ask = new SendAsk(
            given.Url("url", DefaultUrl), given.Number("connections", 64, 1, 1024),
            Arguments.Number("N", given.Single("N"), 1, 100_000_000), given.Number("rate", 0, 0, 1_000_000),
            given.Seed());
        return new SendCommand(ask, Clock).RunAsync(stop);
    }
}
