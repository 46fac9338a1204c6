using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Api;

/// <summary>Reads what a request states as text. Whatever is wrong is refused with its name, the reason and the cure.</summary>
internal static class Parameters
{
    public static StorageUnitId Unit(string? text) => StorageUnitId.TryParse(text, out var unit)
        ? unit
        : throw Wrong("unit", text, "is no id of a storage unit", "write one that GET /api/v1/units lists");

    public static StorageUnitId? OptionalUnit(string? text) => text is null ? null : Unit(text);

    public static Instant Instant(string name, string? text) => Core.Readings.Instant.TryParseStated(text ?? "", out var instant)
        ? instant
        : throw Wrong(name, text, "is no date and time with its zone", "write one such as 2026-11-22T08:00:00Z");

    public static Instant? OptionalInstant(string name, string? text) => text is null ? null : Instant(name, text);

    public static ProbeId? OptionalProbe(string? text) => text is null ? null
        : ProbeId.TryParse(text, out var probe) ? probe
        : throw Wrong("probe", text, "is no id of a probe", "write device/probe, such as pi-001/load");

    /// <summary>The number of something that is stored; 0, which nothing has, for a text that is none.</summary>
    public static long Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>One of some words.</summary>
    public static string OneOf(string name, string? text, params string[] words) =>
        text is not null && words.Contains(text) ? text : throw Wrong(name, text, "is none of the words known here", $"write one of: {string.Join(", ", words)}");

    /// <summary>Yes or no; no when it is not stated.</summary>
    public static bool Flag(string name, string? text) => text switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Wrong(name, text, "is neither true nor false", "write one of the two"),
    };

    /// <summary>How many to give at most.</summary>
    public static int Max(string? text, int usual, int most) => (int)Number("max", text, usual, 1, most);

    /// <summary>A whole number within bounds, both included.</summary>
    public static long Number(string name, string? text, long usual, long least, long most)
    {
        if (text is null)
        {
            return usual;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, text, "is no whole number within bounds", $"write one from {least} to {most}");
    }

    private static RefusalException Wrong(string name, string? text, string reason, string cure) => text is null
        ? new RefusalException(RefusalKind.Invalid, name, $"'{name}' is missing", cure)
        : new RefusalException(RefusalKind.Invalid, name, $"'{text}' {reason}", cure);
}
