using System.Text.Json.Serialization;

namespace Thorbis.Ledger.Domain.Routing;

/// <summary>What a caller hears.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SpokenText), "speech")]
[JsonDerivedType(typeof(AudioFile), "audio")]
public abstract record Announcement;

/// <summary>Text to speech.</summary>
/// <param name="Language">BCP 47, such as <c>en-US</c>.</param>
/// <param name="Voice">The carrier's name of a voice.</param>
public sealed record SpokenText(string Text, string Language, string Voice) : Announcement;

/// <param name="Audio">Id of a recording in the company's audio library.</param>
public sealed record AudioFile(string Audio) : Announcement;
