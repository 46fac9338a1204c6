using System.Text;

namespace ColdChain.Mqtt.Topics;

/// <summary>The rules for topic names (MQTT 3.1.1 §4.7): where a message is published.</summary>
public static class TopicName
{
    /// <summary>The longest topic name or filter, in bytes of UTF-8 (§4.7.3).</summary>
    public const int LengthMaxBytes = ushort.MaxValue;

    /// <summary>Null when the text is a topic name; otherwise the reason why it is none.</summary>
    public static string? Fault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return CommonFault(name) ?? (name.AsSpan().ContainsAny('+', '#') ? "the topic name contains a wildcard" : null);
    }

    /// <summary>What topic names and topic filters have in common (§4.7.3).</summary>
    internal static string? CommonFault(string text)
    {
        if (text.Length == 0)
        {
            return "the topic is empty";
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "the topic contains U+0000";
        }

        if (HoldsControl(text))
        {
            return "the topic contains a control character";
        }

        return IsTooLong(text) ? $"the topic is longer than {LengthMaxBytes} bytes" : null;
    }

    /// <summary>True for a text with a control character (U+0001 to U+001F, U+007F to U+009F), for which a receiver may close (§1.5.3).</summary>
    internal static bool HoldsControl(string text) =>
        text.AsSpan().ContainsAnyInRange('\u0001', '\u001F') || text.AsSpan().ContainsAnyInRange('\u007F', '\u009F');

    // A character is at most three bytes of UTF-8, so that short texts need no count.
    private static bool IsTooLong(string text) => text.Length > LengthMaxBytes / 3 && Encoding.UTF8.GetByteCount(text) > LengthMaxBytes;
}
