using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Thorbis.Ledger.Server.Webhooks;

/// <summary>What the intake must know of a body to keep it: its identity, or why it has none.</summary>
/// <param name="EventId">Telnyx's event id; null where the body has none that can be claimed.</param>
/// <param name="Problem">Why the body cannot be interpreted as it is; null where it can be tried.</param>
public sealed record WebhookEnvelope(string? EventId, string? EventType, int? Attempt, string? Problem)
{
    public const int EventIdBytesMax = 200;
    private const int DepthMax = 64;

    /// <summary>Walks the body once, token by token. Never throws: what is wrong is told in
    /// <see cref="Problem"/>.</summary>
    public static WebhookEnvelope Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return new(null, null, null, "not UTF-8");
        }
        try
        {
            var walk = new EnvelopeWalk();
            walk.Run(new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax }));
            return walk.Envelope();
        }
        catch (JsonException problem)
        {
            return new(null, null, null, body.Length == 0 ? "empty body" : $"not JSON: {problem.Message}");
        }
    }

    /// <summary>Collects the few members that matter, wherever the order of the body puts them.</summary>
    private ref struct EnvelopeWalk
    {
        private string? _problem;
        private bool _hasData, _hasPayload, _isObject;
        private string? _dataId, _dataType, _rootId, _rootType, _rootCreatedAt, _dataWebhookId;
        private int? _attempt;

        public void Run(Utf8JsonReader reader)
        {
            string section = "", member = "";
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 0)
                {
                    _isObject = true;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth is 1 or 2)
                {
                    var name = Text(ref reader) ?? "";
                    (section, member) = reader.CurrentDepth == 1 ? (name, "") : (section, name);
                }
                else
                {
                    Value(ref reader, section, member);
                }
            }
        }

        private void Value(ref Utf8JsonReader reader, string section, string member)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                _hasData |= reader.CurrentDepth == 1 && section == "data";
                _hasPayload |= reader.CurrentDepth == 1 && section == "payload";
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                Number(ref reader, section, member);
            }
            else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                var wanted = reader.CurrentDepth <= 2 || reader.ValueIsEscaped;
                Member(section, reader.CurrentDepth <= 2 ? member : "?", wanted ? Text(ref reader)
                    : null, reader.CurrentDepth);
            }
        }

        private void Number(ref Utf8JsonReader reader, string section, string member)
        {
            if (!reader.TryGetDecimal(out var number))
            {
                _problem ??= "a number is beyond decimal";
            }
            else if (section == "meta" && member == "attempt" && reader.CurrentDepth == 2
                && number is >= 1 and <= int.MaxValue)
            {
                _attempt = (int)number;
            }
        }

        private void Member(string section, string member, string? text, int depth)
        {
            switch (depth, section, member)
            {
                case (2, "data", "id"): _dataId = text; break;
                case (2, "data", "event_type"): _dataType = text; break;
                case (2, "data", "webhook_id"): _dataWebhookId = text; break;
                case (1, "id", _): _rootId = text; break;
                case (1, "event_type", _): _rootType = text; break;
                case (1, "created_at", _): _rootCreatedAt = text; break;
            }
        }

        /// <summary>The token's text; a lone surrogate or U+0000, which no database text can hold, is a
        /// problem.</summary>
        private string? Text(ref Utf8JsonReader reader)
        {
            try
            {
                var text = reader.GetString();
                if (text is not null && text.Contains('\0'))
                {
                    _problem ??= "U+0000 in a text";
                    return null;
                }
                return text;
            }
            catch (InvalidOperationException)
            {
                _problem ??= "a lone surrogate in a text";
                return null;
            }
        }

        public readonly WebhookEnvelope Envelope()
        {
            if (!_isObject)
            {
                return new(null, null, null, "not a JSON object");
            }
            // Telnyx's porting and fax documents show events without the outer "data": the same members at the root.
            var bare = !_hasData && _hasPayload && _rootCreatedAt is null;
            var (id, type) = bare ? (_rootId, _rootType) : (_dataId, _dataType);
            var shape = _hasData || bare ? _dataWebhookId is null ? null : "the shape of webhook API v1"
                : V1OrUnknown();
            return new(
                Claimable(id, shape), Fits(type) ? type : null, _attempt,
                _problem ?? shape ?? MissingPart(id, type));
        }

        private readonly string V1OrUnknown() =>
            _rootType is not null || _hasPayload ? "the shape of webhook API v1" : "no data object";

        private static string? Claimable(string? id, string? shape) => shape is null && Fits(id) ? id : null;

        private static bool Fits(string? text) =>
            !string.IsNullOrEmpty(text) && Encoding.UTF8.GetByteCount(text) <= EventIdBytesMax;

        private static string? MissingPart(string? id, string? type) =>
            string.IsNullOrEmpty(id) ? "no event id"
            : !Fits(id) ? $"an event id over {EventIdBytesMax} bytes"
            : Fits(type) ? null : "no event type of up to 200 bytes";
    }
}
