namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>
/// Finds a device's folder by what the device is. The numbers in <c>hwmon3</c> or <c>iio:device0</c> are given out in the order of arrival,
/// so that after a restart, or when a device is pulled out, the same number may be another sensor: each read looks anew.
/// </summary>
internal static class DeviceFolder
{
    /// <summary>The one folder of a parent that fits.</summary>
    /// <exception cref="ProbeFaultException">None fits, or more than one does.</exception>
    public static string Single(string parent, string pattern, Func<string, bool> fits) =>
        All(parent, pattern).Where(fits).Take(2).ToList() switch
        {
            [var only] => only,
            [] => throw new ProbeFaultException(KernelFault.Missing),
            _ => throw new ProbeFaultException(KernelFault.Ambiguous),
        };

    /// <summary>The folders of a parent; none when the parent is not there.</summary>
    public static IReadOnlyList<string> All(string parent, string pattern)
    {
        try
        {
            return Directory.GetDirectories(parent, pattern);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (IOException)
        {
            throw new ProbeFaultException(KernelFault.IoError);
        }
        catch (UnauthorizedAccessException)
        {
            throw new ProbeFaultException(KernelFault.NoPermission);
        }
    }

    /// <summary>The parts of the path that a link points to; none when it is not a link.</summary>
    public static string[] LinkParts(string path) => new FileInfo(path).LinkTarget?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
