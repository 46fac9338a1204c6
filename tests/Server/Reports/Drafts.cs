using ColdChain.Server.Reports;
using ColdChain.Server.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Reports;

/// <summary>Folders for the files that a server makes.</summary>
internal static class Drafts
{
    /// <summary>One within the folder of a test, empty.</summary>
    public static DraftFolder In(TempFolder folder)
    {
        var drafts = new DraftFolder(PathIn(folder), NullLogger<DraftFolder>.Instance);
        drafts.Empty();
        return drafts;
    }

    /// <summary>Where that lies.</summary>
    public static string PathIn(TempFolder folder) => folder.File(DraftFolder.Name);
}
