using System.Device.Gpio;

namespace KeepLearning
{
    /// <summary>Buttons between pins and ground.</summary>
    internal sealed class Buttons
    {
        private readonly GpioPin[] pins;

        internal Buttons(int[] pinNumbers)
        {
            GpioController controller = new GpioController();
            pins = new GpioPin[pinNumbers.Length];
            for (int i = 0; i < pins.Length; i++)
            {
                pins[i] = controller.OpenPin(pinNumbers[i], PinMode.InputPullUp);
            }
        }

        /// <summary>The button held down, -1 for none.</summary>
        internal int Held()
        {
            for (int i = 0; i < pins.Length; i++)
            {
                if (pins[i].Read() == PinValue.Low)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
