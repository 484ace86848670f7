namespace Tiny.Core
{
    /// <summary>How a network takes its inputs. The values are the blob's codes and never change.</summary>
    public enum InputForm
    {
        /// <summary>As floats: (x - mean) * scale, of each input.</summary>
        Values = 0,

        /// <summary>As levels from 0 to 255, with one scale and offset for all inputs.</summary>
        Levels = 1,

        /// <summary>As levels, with a scale and offset for each input.</summary>
        LevelsEach = 2,
    }
}
