using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Thorbis.Ledger.Server.Hosting;

namespace Thorbis.Ledger.Server.Decisions;

/// <summary>Writes objects while they are found: one a line, or as the items of a JSON array.</summary>
internal sealed class LineWriter(PipeWriter writer, bool lines) : IDisposable
{
    private const int FlushBytes = 32 * 1024;
    private readonly Utf8JsonWriter _json = new(writer);
    private bool _begun;

    /// <summary>An array has none: nobody reads it before its end.</summary>
    public async ValueTask ProgressAsync(WhatIfProgress progress, CancellationToken stop)
    {
        if (lines)
        {
            Put(progress);
            await writer.FlushAsync(stop);
        }
    }

    public async ValueTask WriteAsync(WhatIfLine line, CancellationToken stop)
    {
        Put(line);
        if (writer.UnflushedBytes >= FlushBytes)
        {
            await writer.FlushAsync(stop);
        }
    }

    public async ValueTask EndAsync(WhatIfLine last, CancellationToken stop)
    {
        Put(last);
        if (!lines)
        {
            writer.Write("\n]\n"u8);
        }
        await writer.FlushAsync(stop);
    }

    /// <summary>Writes nothing: what was put was flushed.</summary>
    public void Dispose() => _json.Dispose();

    private void Put(WhatIfLine line)
    {
        if (!lines)
        {
            writer.Write(_begun ? ",\n"u8 : "[\n"u8);
        }
        _begun = true;
        JsonSerializer.Serialize(_json, line, LedgerJson.Options);
        _json.Flush();
        _json.Reset();
        if (lines)
        {
            writer.Write("\n"u8);
        }
    }
}
