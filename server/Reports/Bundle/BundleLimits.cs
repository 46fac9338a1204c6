using ColdChain.Core.Wire;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>How large what is loaded of a bundle may be, in bytes, included: whoever verifies does not know who made it. All else is read piece by piece.</summary>
internal static class BundleLimits
{
    public const int HeadMax = 64 * 1024;

    /// <summary>The content of a report is in memory at the server too, when it is made.</summary>
    public const int ReportMax = 64 * 1024 * 1024;

    public const int SignaturesMax = 64 * 1024;

    /// <summary>Room for as many files as a container can hold.</summary>
    public const int ManifestMax = 32 * 1024 * 1024;

    public const int AnchorsMax = 16 * 1024 * 1024;

    /// <summary>The key, or the signature.</summary>
    public const int KeyMax = 4 * 1024;

    public const int PackMax = WireLimits.BytesMax;

    /// <summary>How many packs there are at most: none is smaller than a few bytes, and a container has a few thousand million.</summary>
    public const int PacksMax = 1_000_000_000;

    /// <summary>How many samples are held against the packs at a time, some hundred bytes each: about those of two probes over half a year, at one a minute.</summary>
    public const int SamplesHeldMax = 500_000;

    /// <summary>One line of a file; the particulars of an event are the longest.</summary>
    public const int LineMax = 4 * 1024 * 1024;

    /// <summary>How many problems of one file are told in words.</summary>
    public const int ProblemsOfFileMax = 20;

    /// <summary>How many are told in words in all.</summary>
    public const int ProblemsMax = 500;
}
