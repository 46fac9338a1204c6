using ColdChain.Server.Excursions;

namespace ColdChain.Tests.Shared;

/// <summary>Time that passes while the server is there; a clock that merely jumps looks to it as if it had been stopped.</summary>
internal static class PassingTime
{
    private static readonly TimeSpan Step = Attendance.AbsentAfter / 2;

    /// <summary>Moves a clock in steps that leave the server no doubt that it was there.</summary>
    public static void Pass(this Attendance attendance, TimeSpan time, Action<TimeSpan> move)
    {
        for (var left = time; left > TimeSpan.Zero; left -= Step)
        {
            move(left < Step ? left : Step);
            attendance.Look();
        }
    }
}
