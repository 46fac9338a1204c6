using System.Text;
using ColdChain.Core.Wire;

namespace ColdChain.Fuzz.Tests.Wire;

/// <summary>The words of the wire format, and inputs that are too large to keep.</summary>
internal static class WireWords
{
    private const string Epoch = "0123456789abcdef0123456789abcdef";

    public static IReadOnlyList<byte[]> OfPacks { get; } = Bytes(
        "\"bn\":", "\"bt\":", "\"bu\":", "\"bv\":", "\"bver\":", "\"n\":", "\"u\":", "\"v\":", "\"vs\":", "\"vd\":", "\"vb\":", "\"t\":", "\"epoch\":", "\"seq\":",
        "\"boot\":", "\"mono\":", "\"clock_\":", "\"q_\":", "\"x_\":", "\"Cel\"", "\"unset\"", "\"good\"", "\"pi-7/\"", "\"load\"", $"\"{Epoch}\"", "268435456",
        "1795342800", "{}", "[]", "},{", "null", "true", "\"\"", "\\u0000", "\\ud800", "\\udc00", "\\ud83e\\ude78", "\\n", "\\\"", "\u20ac", "\U0001FA78");

    public static IReadOnlyList<byte[]> OfControl { get; } = Bytes(
        "\"store\":", "\"epoch\":", "\"upTo\":", "\"ranges\":", "\"refused\":", "\"head\":", "\"seq\":", "\"reason\":", "\"at\":", "\"boot\":", "\"mono\":",
        "\"lastSeq\":", "\"oldestUnacked\":", "\"unacked\":", "\"outboxFreeBytes\":", "\"software\":", "\"gone\":", "\"from\":", "\"to\":", "\"foreignStore\":",
        $"\"{Epoch}\"", "\"1-4,6\"", "\"2026-11-22T08:00:00Z\"", "[{", "},{", "}]", "null", "true", "\"\"", "\\u0000", "\\ud800", "\\n", "\\\"", "\u20ac",
        "\U0001FA78");

    public static IEnumerable<byte[]> Giants =>
    [
        Encoding.UTF8.GetBytes(new string('[', 60_000)),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"x\":", 10_000))),
        Encoding.UTF8.GetBytes($"[{{\"n\":\"pi-7/load\",\"t\":1795342800,\"v\":{new string('9', 60_000)}}}]"),
        Encoding.UTF8.GetBytes($"[{{\"n\":\"pi-7/load\",\"t\":1795342800,\"v\":0.{new string('0', 60_000)}1}}]"),
        Encoding.UTF8.GetBytes($"[{{\"n\":\"pi-7/load\",\"t\":1795342800,\"v\":4e{new string('9', 60_000)}}}]"),
        Encoding.UTF8.GetBytes($"[{{\"n\":\"pi-7/load\",\"t\":1795342800,\"v\":4,\"{new string('x', 60_000)}_\":1}}]"),
        Encoding.UTF8.GetBytes($"[{{\"bn\":\"pi-7/load\",\"t\":1795342800,\"v\":4}}{string.Concat(Enumerable.Repeat(",{\"t\":1795342801,\"v\":4}", 999))}]"),
        new byte[10 * 1024 * 1024],
        [.. Enumerable.Repeat((byte)' ', WireLimits.BytesMax)],
    ];

    /// <summary>An error as an answer: what the JSON reader says of broken JSON has too many forms to be worth a search.</summary>
    public static string Answer(string error) => error.Contains(" is not JSON: ", StringComparison.Ordinal) ? "not JSON" : error;

    private static byte[][] Bytes(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
