using System.Diagnostics;

namespace ColdChain.Tests.Shared;

/// <summary>A folder that looks like /sys: devices somewhere deep, and links to them where they are looked for.</summary>
internal sealed class SysfsTree : IDisposable
{
    public const string Serial = "28-0316a2790bff";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coldchain-");

    public string Root => Path.Combine(_folder.FullName, "sys");

    /// <summary>Registers an I²C chip with hwmon under a number; answers its folder.</summary>
    public string AddHwmon(int number, string address, string? milli = "4250")
    {
        var device = Folder($"devices/platform/i2c/{address}");
        var chip = Folder($"devices/platform/i2c/{address}/hwmon/hwmon{number}");
        File.CreateSymbolicLink(Path.Combine(chip, "device"), $"../../../{address}");
        Link($"class/hwmon/hwmon{number}", chip);
        if (milli is not null)
        {
            File.WriteAllText(Path.Combine(chip, "temp1_input"), milli + "\n");
        }

        Directory.Exists(device).Should().BeTrue();
        return chip;
    }

    public void RemoveHwmon(int number, string address)
    {
        File.Delete(Path.Combine(Root, $"class/hwmon/hwmon{number}"));
        Directory.Delete(Path.Combine(Root, $"devices/platform/i2c/{address}"), recursive: true);
    }

    /// <summary>Registers a 1-Wire sensor; answers its folder.</summary>
    public string AddW1(string? temperature = "4125\n", string? hwmon = null, string? slave = null)
    {
        var device = Folder($"devices/w1_bus_master1/{Serial}");
        Link($"bus/w1/devices/{Serial}", device);
        Write(device, "temperature", temperature);
        Write(device, "w1_slave", slave);
        Write(Folder($"devices/w1_bus_master1/{Serial}/hwmon/hwmon0"), "temp1_input", hwmon);
        if (hwmon is null)
        {
            Directory.Delete(Path.Combine(device, "hwmon"), recursive: true);
        }

        return device;
    }

    /// <summary>Registers an IIO device; answers its folder.</summary>
    public string AddIio(int number, string address, string name, params (string File, string Content)[] files)
    {
        var device = Folder($"devices/platform/spi/{address}/iio:device{number}");
        Link($"bus/iio/devices/iio:device{number}", device);
        Write(device, "name", name + "\n");
        Array.ForEach(files, file => Write(device, file.File, file.Content));
        return device;
    }

    /// <summary>Puts a file in place whose read fails with EIO, as a sensor that does not acknowledge does.</summary>
    public static void MakeUnreadable(string path)
    {
        File.Delete(path);
        File.CreateSymbolicLink(path, "/proc/self/mem"); // No memory is mapped at its beginning.
    }

    /// <summary>Puts a file in place whose read does not come back until somebody writes to it.</summary>
    public static void MakeHang(string path)
    {
        File.Delete(path);
        using var mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        mkfifo.ExitCode.Should().Be(0);
    }

    public static void Write(string folder, string name, string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Folder(string path) => Directory.CreateDirectory(Path.Combine(Root, path)).FullName;

    private void Link(string path, string target)
    {
        var link = Path.Combine(Root, path);
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(link)!).FullName;
        File.CreateSymbolicLink(link, Path.GetRelativePath(parent, target));
    }
}
