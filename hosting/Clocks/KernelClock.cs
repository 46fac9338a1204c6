using System.Globalization;
using System.Runtime.InteropServices;

namespace ColdChain.Hosting.Clocks;

/// <summary>
/// Believes the wall clock when the kernel says that it is synchronised, or while it agrees with a battery-backed clock that set it at this
/// boot. A clock that a file or a person set is neither: after a power cut it shows the last shutdown.
/// </summary>
/// <param name="kernel">Asks the kernel.</param>
/// <param name="rtcFolder">The folder of the battery-backed clock in sysfs; it need not exist.</param>
public sealed class KernelClock(Func<KernelTime> kernel, string rtcFolder) : IClockAuthority
{
    /// <summary>The battery-backed clock from which kernels set the wall clock.</summary>
    public const string Rtc = "/sys/class/rtc/rtc0";

    /// <summary>So far both may drift apart between two settings, and so far what it set may be off, in milliseconds.</summary>
    public const long RtcErrorMs = 300_000;

    private const int Unsynchronised = 0x40; // STA_UNSYNC

    /// <summary>The clock of the machine that this runs on.</summary>
    public static KernelClock OfThisMachine() => new(AskKernel, Rtc);

    /// <inheritdoc/>
    public ClockWord Ask(DateTimeOffset wall)
    {
        var time = kernel();
        return time.Error is null && (time.Status & Unsynchronised) == 0
            ? new ClockWord((time.MaxErrorMicroseconds + 999) / 1000, "the kernel says that it is synchronised")
            : BatteryBacked(wall, time.Error ?? "the kernel says that it is not synchronised");
    }

    private ClockWord BatteryBacked(DateTimeOffset wall, string unsynchronised)
    {
        if (Number("hctosys") != 1)
        {
            return new ClockWord(null, $"{unsynchronised}, and no battery-backed clock set it at this boot");
        }

        return Number("since_epoch") is { } seconds && Math.Abs(wall.ToUnixTimeMilliseconds() - (seconds * 1000)) <= RtcErrorMs
            ? new ClockWord(RtcErrorMs, "a battery-backed clock set it at this boot")
            : new ClockWord(null, $"{unsynchronised}, and it does not show what the battery-backed clock does");
    }

    // Null when the file is not there or says anything else: then there is no such clock.
    private long? Number(string attribute)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(rtcFolder, attribute)).Trim();
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static KernelTime AskKernel()
    {
        var question = default(Timex); // No mode is set: it only reads, which needs no right.
        return adjtimex(ref question) >= 0
            ? new KernelTime(question.Status, question.MaxError, null)
            : new KernelTime(0, 0, $"the kernel does not say whether it is synchronised ({Marshal.GetLastPInvokeErrorMessage()}; allow adjtimex)");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int adjtimex(ref Timex question);

    // The beginning of struct timex, whose C long is as wide as a pointer; the size leaves room for the rest on every machine.
    [StructLayout(LayoutKind.Sequential, Size = 512)]
    private struct Timex
    {
        public uint Modes;
        public nint Offset;
        public nint Frequency;
        public nint MaxError;
        public nint EstimatedError;
        public int Status;
    }
}

/// <summary>What the kernel says of its clock.</summary>
/// <param name="Status">The bits of <c>timex.status</c>.</param>
/// <param name="MaxErrorMicroseconds">How far the clock may be off, either way.</param>
/// <param name="Error">Why it says nothing; null when it does.</param>
public readonly record struct KernelTime(int Status, long MaxErrorMicroseconds, string? Error);
