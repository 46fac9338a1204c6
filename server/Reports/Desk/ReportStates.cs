using ColdChain.Core.Reporting;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>How far a report is, in the words of pages and API.</summary>
internal static class ReportStates
{
    /// <summary>It can still change by itself: nobody can sign it.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Nobody has prepared it.</summary>
    public const string Draft = "draft";

    /// <summary>Its newest revision would say something else now: a new one is to be prepared.</summary>
    public const string Void = "void";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Unfinished, Draft, Void, .. Enum.GetValues<SignatureMeaning>().Select(ReportSigning.WordOf)];

    /// <summary>The state of a revision: void, or what its last signature means.</summary>
    public static string Of(IReadOnlyList<ReportSignatureRow> signatures, ReportVoidRow? isVoid) => isVoid is not null ? Void : ReportSigning.WordOf(signatures[^1].Meaning); // None is stored without its author's.
}
