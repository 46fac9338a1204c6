using System.Diagnostics.CodeAnalysis;

namespace ColdChain.Core.Alerting;

/// <summary>What kind of thing has happened: what has the same cause is one incident.</summary>
public enum CauseKind
{
    /// <summary>Mains power is lost at a site.</summary>
    Power,

    /// <summary>Nothing is heard of a device, a site, or of anybody.</summary>
    Silence,

    /// <summary>A storage unit has left its limits, or its temperature is unknown for too long.</summary>
    Unit,

    /// <summary>Something else is wrong with a storage unit: a door, an agitator, a probe.</summary>
    Condition,

    /// <summary>Blood units of a storage unit went through more than their rule allows.</summary>
    Exposure,

    /// <summary>Blood units had left before it was known what they had been exposed to.</summary>
    LookBack,

    /// <summary>Nobody is on call at a site for some time to come.</summary>
    OnCallGap,
}

/// <summary>The cause of an incident. The default value is the power of a site without a name, which no incident has.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it is of: a site, a storage unit, or <c>device:pi-001</c>; empty for the silence of everybody.</param>
public readonly record struct Cause(CauseKind Kind, string Subject)
{
    private const char Separator = ':';

    /// <summary>As it is stored: <c>power:rabat</c>, <c>silence:device:pi-001</c>, <c>unit:fridge-1</c>.</summary>
    public override string ToString() => $"{WordOf(Kind)}{Separator}{Subject}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cause">The cause; the default value when it is none.</param>
    /// <returns>False when it is none.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Cause cause)
    {
        cause = default;
        if (text?.Split(Separator, 2) is not [var word, var subject])
        {
            return false;
        }

        foreach (var kind in Enum.GetValues<CauseKind>())
        {
            if (WordOf(kind) == word)
            {
                cause = new Cause(kind, subject);
                return true;
            }
        }

        return false;
    }

    /// <summary>The word of a kind. Words are stored: none is ever changed.</summary>
    /// <param name="kind">The kind.</param>
    public static string WordOf(CauseKind kind) => kind switch
    {
        CauseKind.Power => "power",
        CauseKind.Silence => "silence",
        CauseKind.Unit => "unit",
        CauseKind.Condition => "condition",
        CauseKind.Exposure => "exposure",
        CauseKind.LookBack => "look-back",
        CauseKind.OnCallGap => "on-call-gap",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
