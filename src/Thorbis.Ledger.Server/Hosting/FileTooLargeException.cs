namespace Thorbis.Ledger.Server.Hosting;

/// <summary>A file has more bytes than are taken.</summary>
internal sealed class FileTooLargeException : Exception;
