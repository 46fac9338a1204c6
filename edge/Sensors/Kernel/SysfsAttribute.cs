using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>One file of sysfs: one value. Whatever is not a value is a fault, and never zero.</summary>
internal static class SysfsAttribute
{
    private const int PageSize = 4096; // The kernel's limit for an attribute.
    private const decimal MagnitudeMax = 1e12m; // Far beyond any sensor, and no product of two overflows.

    /// <summary>The whole content, in one read: each read of some attributes is a new measurement.</summary>
    /// <exception cref="ProbeFaultException">There is no content.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            // Shared with everybody: a lock that another program holds is no fault of the sensor.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var page = new byte[PageSize];
            var length = file.Read(page);
            return length > 0 ? page[..length] : throw new ProbeFaultException(KernelFault.Empty);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProbeFaultException(KernelFault.Missing);
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

    public static string ReadText(string path) => Text(ReadBytes(path));

    /// <summary>A decimal number, such as <c>4125</c> or <c>7.812500</c>.</summary>
    /// <exception cref="ProbeFaultException">There is no number.</exception>
    public static decimal ReadNumber(string path)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var bytes = ReadBytes(path);
        var text = Text(bytes);
        if (text.Length == 0)
        {
            throw new ProbeFaultException(KernelFault.Empty, bytes);
        }

        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number))
        {
            throw new ProbeFaultException(KernelFault.NotANumber, bytes);
        }

        return Math.Abs(number) <= MagnitudeMax ? number : throw new ProbeFaultException(KernelFault.OutOfRange, bytes);
    }

    /// <summary>Whether a switch is on: <c>1</c> or <c>on</c>, <c>0</c> or <c>off</c>; <c>2</c> is how a power supply says that it is on and adjustable.</summary>
    /// <exception cref="ProbeFaultException">It is neither.</exception>
    public static bool ReadState(string path)
    {
        var bytes = ReadBytes(path);
        return Text(bytes).ToLowerInvariant() switch
        {
            "1" or "2" or "on" => true,
            "0" or "off" => false,
            "" => throw new ProbeFaultException(KernelFault.Empty, bytes),
            _ => throw new ProbeFaultException(KernelFault.NotAState, bytes),
        };
    }

    /// <summary>A number of thousandths of a degree, as all of hwmon, IIO and 1-Wire give them.</summary>
    /// <exception cref="ProbeFaultException">There is no temperature.</exception>
    public static Celsius ReadCelsius(string path) => FromMilli(ReadNumber(path));

    /// <summary>The temperature nearest to a number of thousandths of a degree.</summary>
    /// <exception cref="ProbeFaultException">It is below absolute zero or absurdly high.</exception>
    public static Celsius FromMilli(decimal milli)
    {
        var whole = decimal.Round(milli, MidpointRounding.AwayFromZero);
        return Math.Abs(whole) <= int.MaxValue && Celsius.TryFromMilli((long)whole, out var value)
            ? value
            : throw new ProbeFaultException(KernelFault.OutOfRange, Encoding.ASCII.GetBytes(milli.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes).Trim();
}
