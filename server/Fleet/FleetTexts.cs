using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Signals;

namespace ColdChain.Server.Fleet;

/// <summary>The words and numbers that the fleet file uses.</summary>
internal static class FleetTexts
{
    // A probe that is off by more has to be replaced, not corrected.
    private const decimal OffsetMax = 5;

    public static bool TryFlag(string text, out bool flag)
    {
        flag = text == "true";
        return text is "true" or "false";
    }

    public static bool TryKind(string text, out StorageUnitKind kind)
    {
        (var known, kind) = text switch
        {
            "refrigerator" => (true, StorageUnitKind.Refrigerator),
            "incubator" => (true, StorageUnitKind.Incubator),
            "freezer" => (true, StorageUnitKind.Freezer),
            "transport" => (true, StorageUnitKind.Transport),
            _ => (false, default),
        };
        return known;
    }

    public static bool TryContext(string text, out StorageContext context)
    {
        (var known, context) = text switch
        {
            "storage" => (true, StorageContext.Storage),
            "transport" => (true, StorageContext.Transport),
            "bench" => (true, StorageContext.Bench),
            _ => (false, default),
        };
        return known;
    }

    public static bool TryRole(string text, out ProbeRole role)
    {
        role = text == "air" ? ProbeRole.Air : ProbeRole.Load;
        return text is "load" or "air";
    }

    public static bool TrySignalKind(string text, out SignalKind kind)
    {
        (var known, kind) = text switch
        {
            "door" => (true, SignalKind.Door),
            "mains" => (true, SignalKind.Mains),
            "agitation" => (true, SignalKind.Agitation),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>Degrees into thousandths, exactly.</summary>
    public static bool TryOffset(string text, out int milli)
    {
        milli = 0;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var degrees)
            || Math.Abs(degrees) > OffsetMax || decimal.Truncate(degrees * 1000) != degrees * 1000)
        {
            return false;
        }

        milli = (int)(degrees * 1000);
        return true;
    }

    /// <summary>An uncertainty in degrees into thousandths, exactly; above 0.</summary>
    public static bool TryUncertainty(string text, out int? milli)
    {
        milli = TryOffset(text, out var value) && value > 0 ? value : null;
        return milli is not null;
    }

    /// <summary>A day, such as <c>2026-01-31</c>.</summary>
    public static bool TryDate(string text, out DateOnly? date)
    {
        date = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        return date is not null;
    }

    /// <summary>A GIAI without its application identifier: at most 30 characters (GS1 General Specifications), of those that need no escape anywhere.</summary>
    public static bool TryGiai(string text, out string? giai)
    {
        const int lengthMax = 30;
        giai = text.Length is > 0 and <= lengthMax && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '/') ? text : null;
        return giai is not null;
    }
}
