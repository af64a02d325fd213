using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thorbis.Ledger.Simulator.Mail;

/// <summary>
/// A mail server that delivers nothing: it takes every e-mail, keeps the newest, and writes each to a folder where
/// there is one. On the loopback interface only; no sign-in, no encryption.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private const int Kept = 1_000;
    private readonly TcpListener listener;
    private readonly string? folder;
    private readonly Action<ReceivedMail>? told;
    private readonly ConcurrentQueue<ReceivedMail> received = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task listening;
    private int written;

    private SmtpSink(TcpListener listener, string? folder, Action<ReceivedMail>? told)
    {
        (this.listener, this.folder, this.told) = (listener, folder, told);
        listening = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The newest thousand, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Received => [.. received];

    /// <param name="port">0 for any that is free.</param>
    /// <param name="folder">Where each becomes a file, numbered on from those that are there; null for none.</param>
    /// <param name="told">Hears of each.</param>
    /// <exception cref="SocketException">The port is in use.</exception>
    public static SmtpSink Start(int port, string? folder = null, Action<ReceivedMail>? told = null)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }
        return new(listener, folder, told);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await listening;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Task.Run(() => ServeAsync(client), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream);
                await new SmtpConversation(reader, stream, Take).HoldAsync(stop.Token);
            }
            catch (Exception left) when (left is IOException or OperationCanceledException)
            {
                // Whoever was sending has gone, or the sink ends; what was not complete was not taken.
            }
        }
    }

    private void Take(ReceivedMail mail)
    {
        if (folder is not null)
        {
            File.WriteAllText(Path.Combine(folder, NextName()), mail.Text);
        }
        received.Enqueue(mail);
        while (received.Count > Kept)
        {
            received.TryDequeue(out _);
        }
        told?.Invoke(mail);
    }

    private string NextName()
    {
        string name;
        do
        {
            name = Interlocked.Increment(ref written).ToString("D5", CultureInfo.InvariantCulture) + ".eml";
        }
        while (File.Exists(Path.Combine(folder!, name)));
        return name;
    }
}
