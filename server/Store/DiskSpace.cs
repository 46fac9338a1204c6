namespace ColdChain.Server.Store;

/// <summary>The room on the disk that a file is on.</summary>
/// <param name="FreeBytes">What this process may still write.</param>
/// <param name="TotalBytes">All of it.</param>
internal readonly record struct DiskSpace(long FreeBytes, long TotalBytes)
{
    public static DiskSpace Of(string path)
    {
        var drive = new DriveInfo(path);
        return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
    }
}
