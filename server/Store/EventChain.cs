using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Store;

/// <summary>
/// The hash chain over the event log: each hash covers the one before and the whole event, so that no event can be changed, taken out, put in
/// or moved without every later hash being another. It begins with the store's id: the chain of another store is not this one's. Against the
/// loss of its end, or a chain that was computed anew, only a head that is kept elsewhere helps (an anchor).
/// <code>
///   hash 0 = SHA-256("coldchain-events" ‖ store id)        hash n = SHA-256(hash n-1 ‖ event n)
///   event  = each member in the order of the table: a number as 8 bytes, big-endian; a text as its length in bytes (4, big-endian)
///            and its UTF-8; what is absent as the length -1
/// </code>
/// Events of before there was a chain have no hash stored; they are in it all the same.
/// </summary>
internal static class EventChain
{
    /// <summary>The length of a hash, in bytes.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The hash before the first event.</summary>
    public static byte[] Beginning(string storeId) => SHA256.HashData(Encoding.UTF8.GetBytes($"coldchain-events{storeId}"));

    /// <summary>The hash of an event, after that of the one before.</summary>
    public static byte[] Next(ReadOnlySpan<byte> before, in ChainedEvent entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Add(hash, entry.Id);
        Add(hash, entry.At);
        foreach (var text in entry.Texts)
        {
            Add(hash, text);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The last event's id and hash; 0 and the beginning when there is none.</summary>
    public static (long Id, byte[] Hash) HeadOf(StoreSession session)
    {
        var (id, stored) = session.QueryFirst("SELECT id, hash FROM events ORDER BY id DESC LIMIT 1", row => (row.GetInt64(0), row.BytesOrNull(1)));
        if (stored is not null)
        {
            return (id, stored);
        }

        // Once, after the chain was brought in: the events of before are added up.
        var beginning = Beginning(StoreIdOf(session));
        return (id, id == 0 ? beginning : EventLog.Chained(session).Aggregate(beginning, (before, entry) => Next(before, entry)));
    }

    /// <summary>The head as it is told: the last event's id and its hash in hexadecimal digits, <c>41:0f3a…</c>.</summary>
    public static string HeadText(StoreSession session)
    {
        var (id, hash) = HeadOf(session);
        return string.Create(CultureInfo.InvariantCulture, $"{id}:{Convert.ToHexStringLower(hash)}");
    }

    /// <summary>The store's id.</summary>
    public static string StoreIdOf(StoreSession session) =>
        session.QueryFirst("SELECT value FROM meta WHERE name = 'store-id'", row => row.GetString(0))!; // Schema wrote it.

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
