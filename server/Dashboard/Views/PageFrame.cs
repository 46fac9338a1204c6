using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Language;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>What every page and part of a page needs to be written.</summary>
public sealed record PageFrame
{
    public required Texts Texts { get; init; }

    /// <summary>True when the address names the language, so that links have to name it too.</summary>
    public required bool IsLanguageAsked { get; init; }

    /// <summary>When the store was read: ages are counted up to here.</summary>
    public required Instant Now { get; init; }

    /// <summary>The zone in which times are written.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Who is silent.</summary>
    public required IReadOnlyList<NoticeView> Notices { get; init; }

    /// <summary>The page's own address without its query.</summary>
    public required string Path { get; init; }

    /// <summary>The address of an asset, with the hash of its content.</summary>
    public required Func<string, string> Asset { get; init; }

    /// <summary>An address of ours, in the language that was asked for.</summary>
    public string Link(string path) => IsLanguageAsked ? WithQuery(path, "lang", Texts.Language) : path;

    /// <summary>This page in another language.</summary>
    public string InLanguage(Texts other) => WithQuery(Path, "lang", other.Language);

    private static string WithQuery(string path, string name, string value) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}";
}
