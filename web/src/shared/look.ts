// What both entries need to look like Seatrial. The panel adds panel.css; the candidate must not.
import "./fonts";
import "./tokens.css";
import "./base.css";
import "./parts.css";
