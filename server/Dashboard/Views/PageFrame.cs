using ColdChain.Core.Readings;
using ColdChain.Server.Html;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>What every page and part of a page needs to be written.</summary>
public sealed record PageFrame
{
    public required Texts Texts { get; init; }

    /// <summary>When the store was read: ages are counted up to here.</summary>
    public required Instant Now { get; init; }

    /// <summary>The zone in which times are written.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Who is silent.</summary>
    public required IReadOnlyList<NoticeView> Notices { get; init; }

    /// <summary>Whose page it is; null for a screen on a wall, a program, and whoever has not signed in.</summary>
    public ViewerView? Viewer { get; init; }

    /// <summary>Why a form of the page was not done, in its language; null for nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>The page's own address without its query.</summary>
    public required string Path { get; init; }

    /// <summary>The address of an asset, with the hash of its content.</summary>
    public required Func<string, string> Asset { get; init; }

    /// <summary>
    /// An address of ours, in the language of this page. It is always named: what a worker of the browser asks for need not prefer the
    /// same language as the page.
    /// </summary>
    public string Link(string path) => WithLanguage(path, Texts);

    /// <summary>The stream of changes. Each session has one of its own, so that nothing of one person's is told to the next at the same browser.</summary>
    public string Live => Link(Viewer is { } viewer ? $"/live?for={viewer.FormToken[..8]}" : "/live");

    /// <summary>This page in another language.</summary>
    public string InLanguage(Texts other) => WithLanguage(Path, other);

    private static string WithLanguage(string path, Texts texts) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{PageLanguage.Parameter}={texts.Language}";
}
